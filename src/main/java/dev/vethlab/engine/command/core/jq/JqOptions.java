package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The command line of jq: short options may be written together, and all may stand behind the filter. */
final class JqOptions {
    private static final String HELP_HINT =
            "\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs at https://jqlang.org";

    boolean raw;
    boolean join;
    boolean ascii;
    boolean sorted;
    boolean colours;
    boolean slurp;
    boolean nullInput;
    boolean rawInput;
    boolean exitByOutput;
    boolean fromFile;
    boolean help;
    boolean version;
    String indent = "  ";
    @Nullable String program;
    @Nullable String unsupported;
    final List<String> files = new ArrayList<>();
    final List<Json> positional = new ArrayList<>();
    final Map<String, Json> named = new LinkedHashMap<>();

    /** Reads a file that an option names. */
    interface FileReader {
        /** @throws Refused if it cannot be read */
        String read(String name) throws Refused;
    }

    /** The command line is wrong: what to say. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private enum Rest {
        FILES,
        TEXTS,
        JSONS
    }

    private final List<String> words;
    private final FileReader reader;
    private Rest rest = Rest.FILES;
    private int at;

    private JqOptions(List<String> words, FileReader reader) {
        this.words = words;
        this.reader = reader;
    }

    static JqOptions parse(List<String> words, FileReader reader) throws Refused {
        var options = new JqOptions(words, reader);
        boolean ended = false;
        while (options.at < words.size()) {
            String word = words.get(options.at++);
            if (ended || !word.startsWith("-") || word.equals("-")) {
                options.operand(word);
            } else if (word.equals("--")) {
                ended = true;
            } else if (word.startsWith("--")) {
                options.longOption(word);
            } else {
                for (char letter : word.substring(1).toCharArray()) {
                    options.shortOption(letter, word);
                }
            }
        }
        return options;
    }

    private void operand(String word) throws Refused {
        if (program == null) {
            program = word;
            return;
        }
        switch (rest) {
            case FILES -> files.add(word);
            case TEXTS -> positional.add(Json.of(word));
            case JSONS -> positional.add(json(word, "invalid JSON text passed to --jsonargs"));
        }
    }

    private void shortOption(char letter, String word) throws Refused {
        switch (letter) {
            case 'r' -> raw = true;
            case 'j' -> {
                raw = true;
                join = true;
            }
            case 'c' -> indent = "";
            case 'a' -> ascii = true;
            case 'S' -> sorted = true;
            case 'C' -> colours = true;
            case 'M' -> colours = false;
            case 's' -> slurp = true;
            case 'n' -> nullInput = true;
            case 'R' -> rawInput = true;
            case 'e' -> exitByOutput = true;
            case 'f' -> fromFile = true;
            case 'h' -> help = true;
            case 'V' -> version = true;
            case 'L' -> unsupported = "jq: -L is not emulated";
            default -> throw new Refused("Unknown option " + word + HELP_HINT);
        }
    }

    private void longOption(String word) throws Refused {
        switch (word) {
            case "--raw-output" -> raw = true;
            case "--join-output" -> shortOption('j', word);
            case "--compact-output" -> indent = "";
            case "--ascii-output" -> ascii = true;
            case "--sort-keys" -> sorted = true;
            case "--color-output" -> colours = true;
            case "--monochrome-output" -> colours = false;
            case "--slurp" -> slurp = true;
            case "--null-input" -> nullInput = true;
            case "--raw-input" -> rawInput = true;
            case "--exit-status" -> exitByOutput = true;
            case "--from-file" -> fromFile = true;
            case "--help" -> help = true;
            case "--version" -> version = true;
            case "--tab" -> indent = "\t";
            case "--unbuffered" -> {}
            case "--indent" -> indent = indent(parameters("--indent takes one parameter", 1).getFirst());
            case "--arg" -> {
                List<String> pair = parameters("--arg takes two parameters (e.g. --arg varname value)", 2);
                named.putIfAbsent(pair.getFirst(), Json.of(pair.get(1)));
            }
            case "--argjson" -> {
                List<String> pair = parameters("--argjson takes two parameters (e.g. --argjson varname text)", 2);
                named.putIfAbsent(pair.getFirst(), json(pair.get(1), "invalid JSON text passed to --argjson"));
            }
            case "--rawfile" -> {
                List<String> pair = parameters("--rawfile takes two parameters (e.g. --rawfile varname filename)", 2);
                named.putIfAbsent(pair.getFirst(), Json.of(reader.read(pair.get(1))));
            }
            case "--slurpfile" -> {
                List<String> pair = parameters("--slurpfile takes two parameters (e.g. --slurpfile varname filename)", 2);
                named.putIfAbsent(pair.getFirst(), all(reader.read(pair.get(1)), "Bad JSON in --slurpfile " + String.join(" ", pair)));
            }
            case "--args" -> rest = Rest.TEXTS;
            case "--jsonargs" -> rest = Rest.JSONS;
            case "--stream", "--stream-errors", "--seq", "--library-path", "--binary", "--raw-output0" ->
                unsupported = "jq: " + word + " is not emulated";
            default -> throw new Refused("Unknown option " + word + HELP_HINT);
        }
    }

    private List<String> parameters(String complaint, int count) throws Refused {
        if (at + count > words.size()) {
            throw new Refused(complaint + HELP_HINT);
        }
        at += count;
        return words.subList(at - count, at);
    }

    private static String indent(String word) throws Refused {
        if (!word.matches("-?\\d{1,9}")) {
            throw new Refused("Cannot indent that many characters" + HELP_HINT);
        }
        int count = Integer.parseInt(word);
        if (count < 0 || count > 7) {
            throw new Refused((count < 0 ? "Cannot indent less than zero" : "Cannot indent more than 7 characters") + HELP_HINT);
        }
        return " ".repeat(count);
    }

    private static Json json(String text, String complaint) throws Refused {
        try {
            return JsonReader.parse(text);
        } catch (JsonReader.Malformed e) {
            throw new Refused(complaint + HELP_HINT);
        }
    }

    private static Json all(String text, String complaint) throws Refused {
        List<Json> values = new ArrayList<>();
        var reader = new JsonReader(text);
        try {
            for (Json value = reader.next(); value != null; value = reader.next()) {
                values.add(value);
            }
        } catch (JsonReader.Malformed e) {
            throw new Refused(complaint + ": " + Objects.requireNonNull(e.getMessage()));
        }
        return new Json.Arr(values);
    }
}
