package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Dockerfile, cut into instructions and checked ({@code moby/buildkit frontend/dockerfile/parser}). */
final class Dockerfile {
    private static final List<String> KEYWORDS = List.of("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
            "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR");
    private static final Pattern FLAG = Pattern.compile("--[a-z][\\w-]*(?:=\\S*)?(?:\\s+|$)");
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final Pattern JSON_ITEM = Pattern.compile("\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
    /** The flags of instructions, those that only BuildKit takes among them. */
    private static final Map<String, List<String>> FLAGS = new TreeMap<>();

    static {
        FLAGS.put("ADD", List.of("chown", "chmod", "link", "keep-git-dir", "checksum", "exclude"));
        FLAGS.put("COPY", List.of("chown", "from", "chmod", "link", "parents", "exclude"));
        FLAGS.put("FROM", List.of("platform"));
        FLAGS.put("HEALTHCHECK", List.of("interval", "timeout", "start-period", "start-interval", "retries"));
        FLAGS.put("RUN", List.of("mount", "network", "security"));
    }

    private static final int MAX_INSTRUCTIONS = 200;

    /** Where an instruction is that is in no file. */
    static final int NO_LINE = 0;

    private static final List<String> NO_TRIGGERS = List.of("FROM", "MAINTAINER");

    private Dockerfile() {}

    /**
     * One instruction.
     *
     * @param line where it begins, from 1
     * @param original the whole, continued lines joined
     * @param flags the {@code --name=value} before its arguments
     * @param rest its arguments as written
     * @param items its arguments if they are a JSON array; null if they are not
     */
    record Instruction(int line, String original, String keyword, List<String> flags, String rest, @Nullable List<String> items) {
        /** The value of a flag; empty if it was not given. */
        String flag(String name) {
            String start = "--" + name + "=";
            return flags.stream().filter(f -> f.startsWith(start)).map(f -> f.substring(start.length())).findFirst().orElse("");
        }

        /** The arguments: the array's items, or the words. */
        List<String> words() {
            return items != null ? items : rest.isBlank() ? List.of() : List.of(rest.strip().split("\\s+"));
        }
    }

    /** @param name the file's, for messages */
    static List<Instruction> parse(String name, String text) throws EngineException {
        if (text.isEmpty()) {
            throw EngineException.badRequest("the Dockerfile (" + name + ") cannot be empty");
        }
        var instructions = new ArrayList<Instruction>();
        var joined = new StringBuilder();
        int start = 0;
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String bare = line.strip();
            if (bare.startsWith("#") || bare.isEmpty()) {
                continue;
            }
            start = joined.isEmpty() ? number : start;
            String content = joined.isEmpty() ? line.stripLeading() : line;
            Matcher end = Pattern.compile("\\\\[ \\t]*$").matcher(content.replaceFirst("\r$", ""));
            if (end.find()) {
                joined.append(content, 0, end.start());
                continue;
            }
            joined.append(content.stripTrailing());
            instructions.add(instruction(start, joined.toString().strip()));
            joined.setLength(0);
        }
        if (!joined.isEmpty()) {
            instructions.add(instruction(start, joined.toString().strip()));
        }
        if (instructions.isEmpty()) {
            throw EngineException.badRequest("failed to parse " + name + ": file with no instructions");
        }
        if (instructions.size() > MAX_INSTRUCTIONS) {
            throw EngineException.notEmulated("a Dockerfile of more than " + MAX_INSTRUCTIONS + " instructions is not emulated");
        }
        for (Instruction instruction : instructions) {
            check(name, instruction);
        }
        checkStages(instructions);
        return instructions;
    }

    static Instruction instruction(int line, String text) throws EngineException {
        String[] parts = text.split("\\s+", 2);
        String keyword = parts[0].toUpperCase(Locale.ROOT);
        String rest = parts.length < 2 ? "" : parts[1];
        var flags = new ArrayList<String>();
        Matcher flag = FLAG.matcher(rest);
        while (flag.lookingAt()) {
            flags.add(flag.group().strip());
            rest = rest.substring(flag.end());
            flag = FLAG.matcher(rest);
        }
        boolean takesJson = List.of("ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME").contains(keyword);
        return new Instruction(line, text, keyword, flags, rest, takesJson ? json(rest) : null);
    }

    /** A JSON array of strings; null if it is none. */
    static @Nullable List<String> json(String text) {
        String bare = text.strip();
        if (!bare.startsWith("[") || !bare.endsWith("]")) {
            return null;
        }
        String inner = bare.substring(1, bare.length() - 1);
        var items = new ArrayList<String>();
        int at = 0;
        while (at < inner.length() || !items.isEmpty()) {
            Matcher item = JSON_ITEM.matcher(inner).region(at, inner.length());
            if (!item.lookingAt()) {
                return null;
            }
            items.add(unescape(item.group(1)));
            at = item.end();
            if (at >= inner.length()) {
                return items;
            }
            if (inner.charAt(at++) != ',') {
                return null;
            }
        }
        return items;
    }

    private static String unescape(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char next = text.charAt(++i);
                out.append(switch (next) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    default -> next;
                });
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    // ---- checking ----

    private static EngineException wrong(Instruction instruction, String message) {
        String where = instruction.line() == NO_LINE ? "" : "dockerfile parse error on line " + instruction.line() + ": ";
        return EngineException.badRequest(where + message);
    }

    /** It cannot even be cut into words. */
    private static EngineException malformed(String file, String message) {
        return EngineException.badRequest((file.isEmpty() ? "" : "failed to parse " + file + ": ") + message);
    }

    /** Checks one that is in no file. */
    static void check(Instruction instruction) throws EngineException {
        check("", instruction);
    }

    private static void check(String file, Instruction instruction) throws EngineException {
        String keyword = instruction.keyword();
        if (!KEYWORDS.contains(keyword)) {
            String close = KEYWORDS.stream().filter(k -> distance(k, keyword) <= 2)
                    .min((a, b) -> distance(a, keyword) - distance(b, keyword))
                    .map(k -> " (did you mean " + k + "?)").orElse("");
            throw wrong(instruction, "unknown instruction: " + instruction.original().split("\\s+", 2)[0] + close);
        }
        checkFlags(instruction);
        int words = instruction.words().size();
        switch (keyword) {
            case "FROM" -> {
                if (words != 1 && !(words == 3 && instruction.words().get(1).equalsIgnoreCase("as"))) {
                    throw wrong(instruction, "FROM requires either one or three arguments");
                }
                if (words == 3 && !STAGE.matcher(instruction.words().get(2).toLowerCase(Locale.ROOT)).matches()) {
                    throw wrong(instruction, "invalid name for build stage: \"" + instruction.words().get(2)
                            + "\", name can't start with a number or contain symbols");
                }
            }
            case "COPY", "ADD" -> {
                if (words < 2) {
                    throw wrong(instruction, keyword + (words == 0 ? " requires at least two arguments, but none were provided"
                            : " requires at least two arguments, but only one was provided. Destination could not be determined"));
                }
            }
            case "ENV", "LABEL" -> {
                if (words == 0) {
                    throw wrong(instruction, keyword + " requires at least one argument");
                }
                if (words == 1 && !instruction.rest().contains("=")) {
                    throw malformed(file, keyword + " must have two arguments");
                }
                checkPairs(file, instruction);
            }
            case "WORKDIR", "USER", "STOPSIGNAL" -> {
                if (words == 0) {
                    throw wrong(instruction, keyword + " requires exactly one argument");
                }
            }
            case "HEALTHCHECK" -> {
                if (words == 0) {
                    throw wrong(instruction, "HEALTHCHECK requires at least one argument");
                }
                try {
                    HealthcheckWords.parse(instruction);
                } catch (EngineException e) {
                    throw wrong(instruction, e.message());
                }
            }
            case "EXPOSE", "VOLUME", "ARG" -> {
                if (words == 0) {
                    throw wrong(instruction, keyword + " requires at least one argument");
                }
            }
            case "ONBUILD" -> checkTrigger(instruction);
            default -> {}
        }
    }

    /** Only the first word of what is to be done later is looked at ({@code parseOnBuild}). */
    private static void checkTrigger(Instruction instruction) throws EngineException {
        if (instruction.words().isEmpty()) {
            throw wrong(instruction, "ONBUILD requires at least one argument");
        }
        String trigger = instruction.words().getFirst().toUpperCase(Locale.ROOT);
        if (trigger.equals("ONBUILD")) {
            throw wrong(instruction, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        }
        if (NO_TRIGGERS.contains(trigger)) {
            throw wrong(instruction, trigger + " isn't allowed as an ONBUILD trigger");
        }
    }

    private static void checkFlags(Instruction instruction) throws EngineException {
        List<String> known = FLAGS.getOrDefault(instruction.keyword(), List.of());
        for (String flag : instruction.flags()) {
            if (!known.contains(flag.substring(2).split("=", 2)[0])) {
                throw wrong(instruction, "unknown flag: " + flag.split("=", 2)[0]);
            }
        }
    }

    /** If the first word is a pair, all must be ({@code parseNameVal}). */
    private static void checkPairs(String file, Instruction instruction) throws EngineException {
        List<String> words = DockerfileWords.split(instruction.rest());
        if (words.isEmpty() || !words.getFirst().contains("=")) {
            return;
        }
        for (String word : words) {
            if (!word.contains("=")) {
                throw malformed(file, "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
            }
        }
    }

    private static void checkStages(List<Instruction> instructions) throws EngineException {
        Instruction first = instructions.stream().filter(i -> !i.keyword().equals("ARG")).findFirst().orElse(null);
        if (first == null || !first.keyword().equals("FROM")) {
            throw EngineException.badRequest("no build stage in current context");
        }
    }

    /** How many letters must change for one word to be the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
