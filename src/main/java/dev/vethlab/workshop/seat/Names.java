package dev.vethlab.workshop.seat;

import java.text.Normalizer;
import java.util.Locale;

/** Names of participants: plain text of one line, in which nothing is hidden. */
final class Names {
    private static final int LONGEST = 40;

    private Names() {}

    /**
     * A name as it is shown.
     *
     * @throws WorkshopException if it is none
     */
    static String shown(String typed) {
        String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip().replaceAll("\\p{Zs}+", " ");
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw refused("A name has a letter or a digit.");
        }
        if (name.codePointCount(0, name.length()) > LONGEST) {
            throw refused("A name has " + LONGEST + " characters at most.");
        }
        if (name.codePoints().anyMatch(Names::isHidden)) {
            throw refused("A name is one line of characters that can be seen.");
        }
        return name;
    }

    /** What is the same for names that people would take for the same. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Control characters, and those that turn the direction of what follows or join it invisibly. */
    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static WorkshopException refused(String why) {
        return new WorkshopException(WorkshopException.Reason.BAD_NAME, why);
    }
}
