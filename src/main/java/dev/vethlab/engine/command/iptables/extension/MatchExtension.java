package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** The options of a match. */
public abstract class MatchExtension extends Extension {
    MatchExtension(String name, List<Option> options) {
        super(name, options);
    }

    /** The match that the options say. */
    public abstract Match match();
}
