package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.Interpreter;
import dev.vethlab.engine.shell.ShellState;
import dev.vethlab.engine.shell.Variables;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code read}, {@code mapfile} and {@code getopts}. */
final class InputBuiltins {
    private static final int MAX_LINE = 1 << 16;

    private InputBuiltins() {}

    static void addTo(Map<String, Builtin> all) {
        all.put("read", InputBuiltins::read);
        all.put("mapfile", InputBuiltins::mapfile);
        all.put("readarray", InputBuiltins::mapfile);
        all.put("getopts", InputBuiltins::getopts);
    }

    /** A line read byte by byte, since what follows it is for others; {@code ended} if its end was the input's end. */
    private record Line(String text, boolean ended) {}

    private static Line line(EmulatedProcess self, OpenFile file, int delimiter, int most) {
        var bytes = new ByteArrayOutputStream();
        while (bytes.size() < Math.min(most, MAX_LINE)) {
            Bytes one = file.read(self, 1);
            if (one.isEmpty()) {
                return new Line(Bytes.of(bytes.toByteArray()).text(), true);
            }
            if (one.get(0) == delimiter) {
                break;
            }
            bytes.write(one.get(0));
        }
        return new Line(Bytes.of(bytes.toByteArray()).text(), false);
    }

    private static int read(Interpreter shell, List<String> words) {
        boolean raw = false;
        String prompt = "";
        int delimiter = '\n';
        int most = Integer.MAX_VALUE;
        String array = null;
        int descriptor = 0;
        long timeout = EmulatedProcess.FOREVER;
        int i = 1;
        for (; i < words.size() && words.get(i).startsWith("-") && words.get(i).length() > 1; i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            for (int j = 1; j < word.length(); j++) {
                char option = word.charAt(j);
                if (option == 'r') {
                    raw = true;
                } else if ("pdnNatu".indexOf(option) >= 0) {
                    String value = j + 1 < word.length() ? word.substring(j + 1) : i + 1 < words.size() ? words.get(++i) : "";
                    switch (option) {
                        case 'p' -> prompt = value;
                        case 'd' -> delimiter = value.isEmpty() ? 0 : value.charAt(0);
                        case 'a' -> array = value;
                        case 'u' -> descriptor = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
                        case 't' -> timeout = value.matches("\\d{1,6}(\\.\\d+)?") ? (long) (Double.parseDouble(value) * 1e9) : timeout;
                        default -> most = value.matches("\\d{1,6}") ? Integer.parseInt(value) : most;
                    }
                    break;
                } else if (option != 's' && option != 'e') {
                    shell.complain("read: -" + option + ": invalid option");
                    shell.process().error("read: usage: read [-Eers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] "
                            + "[-t timeout] [-u fd] [name ...]");
                    return 2;
                }
            }
        }
        for (String name : words.subList(i, words.size())) {
            if (!name.matches("[A-Za-z_]\\w*(\\[.*\\])?")) {
                shell.complain("read: `" + name + "': not a valid identifier");
                return shell.state().dialect == ShellState.Dialect.DASH ? 2 : 1;
            }
        }
        OpenFile file = shell.process().descriptor(descriptor);
        if (file.isTerminal() && !prompt.isEmpty()) {
            shell.process().descriptor(2).report(shell.process(), prompt);
        }
        var text = new StringBuilder();
        boolean ended;
        boolean goesOn;
        do {
            Line line = line(shell.process(), file, delimiter, most);
            ended = line.ended();
            goesOn = !raw && !ended && endsInBackslash(line.text());
            text.append(goesOn ? line.text().substring(0, line.text().length() - 1) : line.text());
        } while (goesOn);
        assign(shell, words.subList(i, words.size()), array, text.toString(), raw);
        return ended ? 1 : 0;
    }

    private static boolean endsInBackslash(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(text.length() - 1 - count) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }

    private static void assign(Interpreter shell, List<String> names, @Nullable String array, String text, boolean raw) {
        Variables variables = shell.state().variables;
        String separators = variables.getOr("IFS", " \t\n");
        if (array != null) {
            variables.setArray(array, split(text, separators, Integer.MAX_VALUE, raw), false);
            return;
        }
        if (names.isEmpty()) {
            variables.set("REPLY", raw ? text : text.replaceAll("\\\\(.)", "$1"));
            return;
        }
        List<String> fields = split(text, separators, names.size(), raw);
        for (int i = 0; i < names.size(); i++) {
            variables.set(names.get(i), i < fields.size() ? fields.get(i) : "");
        }
    }

    /** Splits at separators; the last of {@code most} fields takes all that is left. */
    private static List<String> split(String text, String separators, int most, boolean raw) {
        List<String> fields = new ArrayList<>();
        int i = skipBlanks(text, 0, separators);
        while (i < text.length()) {
            var field = new StringBuilder();
            boolean last = fields.size() == most - 1;
            int end = i;
            for (; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && !raw && i + 1 < text.length()) {
                    field.append(text.charAt(++i));
                    end = field.length();
                } else if (separators.indexOf(c) >= 0 && !last) {
                    break;
                } else {
                    field.append(c);
                }
            }
            if (last) {
                int length = field.length();
                while (length > 0 && separators.indexOf(field.charAt(length - 1)) >= 0
                        && Character.isWhitespace(field.charAt(length - 1))) {
                    length--;
                }
                field.setLength(length);
            }
            fields.add(field.toString());
            if (i < text.length()) {
                boolean blank = Character.isWhitespace(text.charAt(i));
                i = skipBlanks(text, blank ? i : i + 1, separators);
                if (blank && i < text.length() && separators.indexOf(text.charAt(i)) >= 0) {
                    i = skipBlanks(text, i + 1, separators);
                }
            }
        }
        return fields;
    }

    private static int skipBlanks(String text, int from, String separators) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i)) && separators.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static int mapfile(Interpreter shell, List<String> words) {
        boolean trims = false;
        String name = "MAPFILE";
        for (String word : words.subList(1, words.size())) {
            if (word.equals("-t")) {
                trims = true;
            } else {
                name = word;
            }
        }
        Variables variables = shell.state().variables;
        variables.setArray(name, List.of(), false);
        OpenFile input = shell.process().descriptor(0);
        for (int i = 0;; i++) {
            Line line = line(shell.process(), input, '\n', MAX_LINE);
            if (line.ended() && line.text().isEmpty()) {
                return 0;
            }
            variables.setElement(name, i, line.text() + (trims || line.ended() ? "" : "\n"));
        }
    }

    private static int getopts(Interpreter shell, List<String> words) {
        if (words.size() < 3) {
            switch (shell.state().dialect) {
                case BASH -> shell.process().error("getopts: usage: getopts optstring name [arg ...]");
                case DASH -> shell.complain("getopts: Usage: getopts optstring var [arg...]");
                case ASH -> shell.complain("getopts: usage: getopts optstring var [arg]");
            }
            return 2;
        }
        ShellState state = shell.state();
        Variables variables = state.variables;
        String options = words.get(1);
        String name = words.get(2);
        boolean silent = options.startsWith(":");
        List<String> arguments = words.size() > 3 ? words.subList(3, words.size()) : state.arguments;
        String indexText = variables.getOr("OPTIND", "1");
        int index = indexText.matches("[1-9]\\d{0,5}") ? Integer.parseInt(indexText) : 1;
        if (index != state.nextOption) {
            state.optionOffset = 0;
        }
        String word = index <= arguments.size() ? arguments.get(index - 1) : "";
        if (state.optionOffset == 0 && (!word.startsWith("-") || word.length() < 2 || word.equals("--"))) {
            int after = word.equals("--") ? index + 1 : index;
            variables.set("OPTIND", Integer.toString(after));
            state.nextOption = after;
            variables.set(name, "?");
            variables.unset("OPTARG");
            return 1;
        }
        int offset = Math.max(1, state.optionOffset);
        char option = word.charAt(offset);
        int at = option == ':' ? -1 : options.indexOf(option);
        boolean takesValue = at >= 0 && at + 1 < options.length() && options.charAt(at + 1) == ':';
        variables.unset("OPTARG");
        boolean wordDone = offset + 1 >= word.length();
        String result = String.valueOf(option);
        if (at < 0) {
            result = "?";
            if (silent) {
                variables.set("OPTARG", String.valueOf(option));
            } else {
                shell.process().error(state.name + ": illegal option -- " + option);
            }
        } else if (takesValue) {
            if (!wordDone) {
                variables.set("OPTARG", word.substring(offset + 1));
            } else if (index < arguments.size()) {
                variables.set("OPTARG", arguments.get(index));
                index++;
            } else {
                result = silent ? ":" : "?";
                if (silent) {
                    variables.set("OPTARG", String.valueOf(option));
                } else {
                    shell.process().error(state.name + ": option requires an argument -- " + option);
                }
            }
            wordDone = true;
        }
        state.optionOffset = wordDone ? 0 : offset + 1;
        int next = wordDone ? index + 1 : index;
        variables.set("OPTIND", Integer.toString(next));
        state.nextOption = next;
        variables.set(name, result);
        return 0;
    }
}
