package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.Interpreter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The stack of directories. */
final class DirectoryBuiltins {
    private static final int MAX_DIRECTORIES = 100;

    private DirectoryBuiltins() {}

    static void addTo(Map<String, Builtin> all) {
        all.put("pushd", DirectoryBuiltins::pushd);
        all.put("popd", DirectoryBuiltins::popd);
        all.put("dirs", DirectoryBuiltins::dirs);
    }

    /** The working directory and those below it. */
    private static List<String> stack(Interpreter shell) {
        var stack = new ArrayList<String>(List.of(shell.process().context().directory()));
        stack.addAll(shell.state().directories);
        return stack;
    }

    private static boolean isIndex(String word) {
        return word.matches("[-+]\\d{1,6}");
    }

    /** The place of {@code +N}, or {@code -N} from the end; -1 after a complaint. */
    private static int index(Interpreter shell, String builtin, String word, int size) {
        int number = Integer.parseInt(word.substring(1));
        if (size == 1) {
            shell.complain(builtin + ": directory stack empty");
            return -1;
        }
        if (number >= size) {
            shell.complain(builtin + ": " + word + ": directory stack index out of range");
            return -1;
        }
        return word.startsWith("+") ? number : size - 1 - number;
    }

    private static int pushd(Interpreter shell, List<String> words) {
        if (words.contains("-n")) {
            return Unsupported.answer(shell.process(), "pushd -n is not emulated");
        }
        List<String> arguments = words.subList(1, words.size());
        List<String> stack = stack(shell);
        if (arguments.isEmpty()) {
            if (stack.size() < 2) {
                shell.complain("pushd: no other directory");
                return 1;
            }
            Collections.swap(stack, 0, 1);
            return go(shell, stack);
        }
        String word = arguments.getFirst();
        if (isIndex(word)) {
            int index = index(shell, "pushd", word, stack.size());
            if (index < 0) {
                return 1;
            }
            Collections.rotate(stack, -index);
            return go(shell, stack);
        }
        if (stack.size() >= MAX_DIRECTORIES) {
            shell.complain("vethlab: the stack holds " + MAX_DIRECTORIES + " directories at most");
            return 1;
        }
        stack.addFirst(word);
        return go(shell, stack);
    }

    private static int popd(Interpreter shell, List<String> words) {
        List<String> stack = stack(shell);
        String word = words.size() > 1 ? words.get(1) : "+0";
        if (word.equals("-n")) {
            return Unsupported.answer(shell.process(), "popd -n is not emulated");
        }
        if (!isIndex(word)) {
            shell.complain("popd: " + word + ": invalid argument");
            shell.process().error("popd: usage: popd [-n] [+N | -N]");
            return 2;
        }
        int index = index(shell, "popd", word, stack.size());
        if (index < 0) {
            return 1;
        }
        stack.remove(index);
        return index == 0 ? go(shell, stack) : settle(shell, stack);
    }

    /** Changes to the stack's first directory, the rest below it. */
    private static int go(Interpreter shell, List<String> stack) {
        int status = BasicBuiltins.cd(shell, List.of("cd", stack.getFirst()));
        return status == 0 ? settle(shell, stack) : status;
    }

    /** Makes it the stack, the working directory first, and shows it. */
    private static int settle(Interpreter shell, List<String> stack) {
        shell.state().directories = List.copyOf(stack.subList(1, stack.size()));
        return dirs(shell, List.of("dirs"));
    }

    private static int dirs(Interpreter shell, List<String> words) {
        var flags = new StringBuilder();
        for (String word : words.subList(1, words.size())) {
            if (isIndex(word)) {
                List<String> stack = stack(shell);
                int index = index(shell, "dirs", word, stack.size());
                if (index >= 0) {
                    shell.process().println(shown(shell, stack.get(index), false));
                }
                return index < 0 ? 1 : 0;
            }
            if (!word.matches("-[clpv]+")) {
                shell.complain("dirs: " + word + ": invalid option");
                shell.process().error("dirs: usage: dirs [-clpv] [+N] [-N]");
                return 2;
            }
            flags.append(word);
        }
        if (flags.indexOf("c") >= 0) {
            shell.state().directories = List.of();
            return 0;
        }
        List<String> stack = stack(shell).stream().map(each -> shown(shell, each, flags.indexOf("l") >= 0)).toList();
        if (flags.indexOf("v") >= 0) {
            for (int i = 0; i < stack.size(); i++) {
                shell.process().println(" ".repeat(Math.max(0, 2 - Integer.toString(i).length())) + i + "  " + stack.get(i));
            }
        } else {
            shell.process().println(String.join(flags.indexOf("p") >= 0 ? "\n" : " ", stack));
        }
        return 0;
    }

    private static String shown(Interpreter shell, String directory, boolean whole) {
        String home = shell.state().variables.getOr("HOME", "");
        boolean inside = !whole && home.length() > 1 && (directory.equals(home) || directory.startsWith(home + "/"));
        return inside ? "~" + directory.substring(home.length()) : directory;
    }
}
