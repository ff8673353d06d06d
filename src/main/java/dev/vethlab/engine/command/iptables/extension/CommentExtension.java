package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.CommentMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m comment}. */
final class CommentExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("comment"));

    private String text = "";

    CommentExtension() {
        super("comment");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (value.length() >= CommentMatch.MAX_LENGTH) {
            throw IptablesException.parameter(
                    "comment: option \"--comment\" is too long (max length is " + (CommentMatch.MAX_LENGTH - 1) + ")");
        }
        text = value;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("comment");
    }

    @Override
    public Match match() {
        return new CommentMatch(text);
    }
}
