package dev.vethlab.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes wrong input from right input: words of a corpus are left out, doubled, exchanged with others or bent, characters are
 * put in that mean something somewhere. The same seed makes the same.
 */
public final class Mutator {
    private static final String[] PIECES = {"'", "\"", "`", "$(", "${", "}", ")", "(", "{", "{{", "}}", "|", "||", "&", "&&", ";", ";;", "<", "<<", "<<<", ">",
        ">&", "\\", "\n", "\t", "\0", "\u001b[A", "*", "?", "[", "]", "!", "!!", "#", "~", "=", "==", ":", "::", "/", "//", "..", ",", "-", "--",
        "-1", "0", "4294967296", "-9223372036854775808", "99999999999999999999", "0x", "1e9", "%", "%n", "%s", "@", "é", "\uD83D\uDC33",
        "\uD800", "\uFFFF", " ", "  ", "--help", "-v", "0.0.0.0/0", "256.1.1.1", "1.2.3.4/33", "any", "dev", "null", "true", "---", "- ", "&a", "*a"};

    private final List<String> corpus;
    private final Random random;

    public Mutator(List<String> corpus, long seed) {
        this.corpus = corpus;
        random = new Random(seed);
    }

    /** One more input. */
    public String next() {
        String text = any();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            text = change(text);
        }
        return text;
    }

    private String any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private String change(String text) {
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text.substring(random.nextInt(text.length() + 1));
            case 2, 3 -> insert(text, PIECES[random.nextInt(PIECES.length)]);
            case 4 -> bend(text);
            case 5 -> insert(text, any());
            default -> words(text);
        };
    }

    private String insert(String text, String piece) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + piece + text.substring(at);
    }

    private String bend(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) (text.charAt(at) ^ 1 << random.nextInt(7)) + text.substring(at + 1);
    }

    private String words(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("(?<= )|(?= )", -1)));
        int at = random.nextInt(words.size());
        switch (random.nextInt(4)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, words.get(at) + " ");
            case 2 -> words.set(at, PIECES[random.nextInt(PIECES.length)]);
            default -> {
                String[] others = any().split(" ", -1);
                words.set(at, others[random.nextInt(others.length)]);
            }
        }
        return String.join("", words);
    }
}
