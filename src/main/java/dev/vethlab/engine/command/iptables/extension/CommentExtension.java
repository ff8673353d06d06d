package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.CommentMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.function.Supplier;

/** {@code -m comment}. */
final class CommentExtension extends SingleOptionExtension {
    CommentExtension() {
        super("comment", Option.value("comment"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        if (value.length() >= CommentMatch.MAX_LENGTH) {
            throw IptablesException.parameter(
                    "comment: option \"--comment\" is too long (max length is " + (CommentMatch.MAX_LENGTH - 1) + ")");
        }
        return () -> new CommentMatch(value);
    }
}
