package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;

/** The options of a match. */
public abstract class MatchExtension extends Extension {
    MatchExtension(String name) {
        super(name);
    }

    /** The match that the options say. */
    public abstract Match match();
}
