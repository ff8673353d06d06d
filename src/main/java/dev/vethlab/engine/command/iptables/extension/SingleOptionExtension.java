package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A match of one option, which must be given. */
abstract class SingleOptionExtension extends MatchExtension {
    private final Option option;
    private @Nullable Supplier<Match> made;

    SingleOptionExtension(String name, Option option) {
        super(name, List.of(option));
        this.option = option;
    }

    /** What the option's value says: a match for each rule, as one may have a state of its own. */
    abstract Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException;

    @Override
    final void parse(String name, String value, boolean inverted, Words words) throws IptablesException {
        made = read(name, value, inverted);
    }

    @Override
    public final void finish(RuleContext rule) throws IptablesException {
        require(option.name());
    }

    @Override
    public final Match match() {
        return Objects.requireNonNull(made).get();
    }
}
