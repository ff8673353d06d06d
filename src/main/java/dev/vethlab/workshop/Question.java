package dev.vethlab.workshop;

import dev.vethlab.workshop.check.Observation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something to predict before it is seen.
 *
 * @param name names it in its lesson
 * @param choices what can be answered; empty if the answer is typed
 * @param answer what the author expects to be seen; decides only where there is no observation
 * @param observation where the truth is seen; null if it cannot be derived from what happens
 */
public record Question(String name, List<Choice> choices, String answer, @Nullable Observation observation) {
    /** The value of a choice that stands for whatever no other choice says. */
    static final String OTHER = "other";

    /** One of several answers; {@code value} is what is compared, {@code text} what is shown. */
    public record Choice(String text, String value) {}

    /** The truth about it once this was seen. */
    public String truth(String seen) {
        boolean isOther = choices.stream().noneMatch(choice -> same(choice.value(), seen))
                && choices.stream().anyMatch(choice -> choice.value().equals(OTHER));
        return isOther ? OTHER : seen;
    }

    /** Whether an answer says the same as what was seen, give or take case, blanks and a full stop. */
    public static boolean same(String answer, String truth) {
        return normal(answer).equals(normal(truth));
    }

    private static String normal(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("[.`]+$|^`", "").toLowerCase(Locale.ROOT);
    }

    /** How an answer is shown. */
    public String shown(String value) {
        return choices.stream().filter(choice -> same(choice.value(), value)).findFirst().map(Choice::text).orElse(value);
    }
}
