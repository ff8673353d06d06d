package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.NumberRange;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options of one {@code -m} or {@code -j} while a rule is read ({@code struct xtables_match}, {@code xtables_target}). */
public abstract class Extension {
    private final String name;
    private final List<Option> options;
    private final TreeSet<String> given = new TreeSet<>();

    Extension(String name, List<Option> options) {
        this.name = name;
        this.options = options;
    }

    public final String name() {
        return name;
    }

    /** The options it understands. */
    public final List<Option> options() {
        return options;
    }

    /** Takes an option in, after the checks that all have in common ({@code xtables_option_parse}). */
    public final void take(Option option, String value, boolean inverted, Words words) throws IptablesException {
        if (!option.repeatable() && !given.add(option.canonical())) {
            throw once(option.canonical());
        }
        if (option.repeatable()) {
            given.add(option.canonical());
        }
        if (inverted && !option.invertible()) {
            throw IptablesException.parameter(name + ": option \"--" + option.canonical() + "\" cannot be inverted.\n");
        }
        parse(option.canonical(), value, inverted, words);
    }

    /** The option {@code option} with its value, empty if it has none. */
    abstract void parse(String option, String value, boolean inverted, Words words) throws IptablesException;

    /** All options were taken in: is something missing? */
    public void finish(RuleContext rule) throws IptablesException {}

    final boolean has(String option) {
        return given.contains(option);
    }

    final void require(String option) throws IptablesException {
        if (!given.contains(option)) {
            throw IptablesException.parameter(name + ": option \"--" + option + "\" must be specified\n");
        }
    }

    final IptablesException once(String option) {
        return IptablesException.parameter(name + ": option \"--" + option + "\" can only be used once.\n");
    }

    final IptablesException badValue(String option, String value) {
        return IptablesException.parameter(name + ": Bad value for \"--" + option + "\" option: \"" + value + "\"");
    }

    /** A number from {@code low} to {@code high}, in decimal, hexadecimal or octal. */
    final long number(String option, String text, long low, long high) throws IptablesException {
        Long value = Numbers.parse(text);
        if (value == null || value < low || value > high) {
            throw IptablesException.parameter(
                    name + ": bad value for option \"--" + option + "\", or out of range (" + low + "-" + high + ").\n");
        }
        return value;
    }

    /** Two numbers with a colon between, or one; either may be left out. */
    final NumberRange range(String option, String text, long low, long high) throws IptablesException {
        int colon = text.indexOf(':');
        String first = colon < 0 ? text : text.substring(0, colon);
        long from = colon >= 0 && first.isEmpty() ? low : rangeEnd(option, first, low, high);
        if (colon < 0) {
            return new NumberRange(from, from);
        }
        String second = text.substring(colon + 1);
        return new NumberRange(from, second.isEmpty() ? high : rangeEnd(option, second, from, high));
    }

    private long rangeEnd(String option, String text, long low, long high) throws IptablesException {
        Long value = Numbers.parse(text);
        if (value == null || value < low || value > high) {
            throw IptablesException.parameter(name + ": bad value for option \"--" + option + "\" near \"" + text
                    + "\", or out of range (" + low + "-" + high + ").\n");
        }
        return value;
    }

    /** {@code value/mask}, the mask all ones if left out. */
    final int[] marked(String option, String text) throws IptablesException {
        int slash = text.indexOf('/');
        Long value = Numbers.parse(slash < 0 ? text : text.substring(0, slash));
        Long mask = slash < 0 ? Long.valueOf(0xFFFFFFFFL) : Numbers.parse(text.substring(slash + 1));
        if (value == null || mask == null || value > 0xFFFFFFFFL || mask > 0xFFFFFFFFL) {
            throw IptablesException.parameter(name + ": bad integer value for option \"--" + option + "\", or out of range.\n");
        }
        return new int[] {value.intValue(), mask.intValue()};
    }

    /** Where an option may take more words than one. */
    public interface Words extends Surroundings {
        /** The next word, taken; null if there is none that could be a value. */
        @Nullable String next();
    }
}
