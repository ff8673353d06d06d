package dev.vethlab.engine.command.net.socat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options before the addresses. */
final class SocatOptions {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final double LONGEST = 1e9;

    boolean onlyForward;
    boolean onlyBackward;
    boolean help;
    boolean version;
    int verbosity;

    /** Nanoseconds that the other direction gets after the end of one. */
    long closeWait = NANOS_PER_SECOND / 2;

    /** Nanoseconds without data after which it ends; 0 for never. */
    long idle;

    @Nullable String unsupported;
    final List<String> addresses = new ArrayList<>();

    static SocatOptions parse(List<String> words) throws SocatFailure {
        var options = new SocatOptions();
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-") && words.get(at).length() > 1) {
            String word = words.get(at++);
            boolean valued = (word.startsWith("-t") || word.startsWith("-T")) && word.length() == 2;
            options.take(word, valued && at < words.size() ? words.get(at++) : word.substring(2));
        }
        options.addresses.addAll(words.subList(at, words.size()));
        return options;
    }

    private void take(String word, String value) throws SocatFailure {
        switch (word.charAt(1)) {
            case 'u' -> onlyForward = true;
            case 'U' -> onlyBackward = true;
            case 'd' -> verbosity += value.matches("\\d") ? Integer.parseInt(value) : word.length() - 1;
            case 'h', '?' -> help = true;
            case 'V' -> version = true;
            case 't' -> closeWait = seconds(value);
            case 'T' -> idle = seconds(value);
            case '4', '6', 'b', 'g', 'l', 's' -> {}
            case 'D', 'L', 'W', 'r', 'R', 'v', 'x' -> unsupported = "socat: " + word.substring(0, 2) + " is not emulated";
            default -> throw new SocatFailure("E unknown option \"" + word + "\"; use option \"-h\" for help");
        }
    }

    static long seconds(String text) throws SocatFailure {
        if (!text.matches("\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9}")) {
            throw new SocatFailure("E parseopts(): not a number: \"" + text + "\"");
        }
        return (long) (Math.min(LONGEST, Double.parseDouble(text)) * NANOS_PER_SECOND);
    }
}
