package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.shell.builtin.Builtins;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Completes the last word of a text as readline does: what the program's completer knows, else commands, variables and files. */
final class Completion {
    private static final int MAX_CANDIDATES = 500;

    private final EmulatedProcess process;
    private final ShellState state;
    private final Completer completer;

    Completion(EmulatedProcess process, ShellState state, Completer completer) {
        this.process = process;
        this.state = state;
        this.completer = completer;
    }

    List<String> candidates(String text) {
        int start = text.length();
        while (start > 0 && " \t\n;|&()<>".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        String word = text.substring(start);
        String before = text.substring(0, start).stripTrailing();
        boolean first = before.isEmpty() || ";|&(".indexOf(before.charAt(before.length() - 1)) >= 0;
        var found = new TreeSet<String>();
        if (word.startsWith("$")) {
            state.variables.names().stream().map(name -> "$" + name).filter(name -> name.startsWith(word)).forEach(found::add);
        } else if (first && word.indexOf('/') < 0) {
            commands(word, found);
        } else {
            words(before, word, found);
            if (found.isEmpty()) {
                paths(word, found);
            }
        }
        return found.stream().limit(MAX_CANDIDATES).toList();
    }

    private void commands(String word, TreeSet<String> found) {
        Builtins.names(state.dialect).stream().filter(name -> name.startsWith(word)).forEach(found::add);
        state.functions.names().stream().filter(name -> name.startsWith(word)).forEach(found::add);
        state.aliases.keySet().stream().filter(name -> name.startsWith(word)).forEach(found::add);
        for (String directory : state.variables.getOr("PATH", "").split(":")) {
            try {
                process.context().files().list(process, directory).forEach((name, node) -> {
                    if (name.startsWith(word)) {
                        found.add(name);
                    }
                });
            } catch (KernelException e) {
                // a directory of PATH that is not there
            }
        }
    }

    /** What the program knows whose command the word is part of. */
    private void words(String before, String word, TreeSet<String> found) {
        String command = before.substring(Math.max(before.lastIndexOf('\n'), Math.max(before.lastIndexOf(';'),
                Math.max(before.lastIndexOf('|'), Math.max(before.lastIndexOf('&'), before.lastIndexOf('('))))) + 1).strip();
        completer.candidates(process, List.of(command.split("\\s+")), word).stream().filter(known -> known.startsWith(word))
                .forEach(found::add);
    }

    private void paths(String word, TreeSet<String> found) {
        int slash = word.lastIndexOf('/');
        String directory = word.substring(0, slash + 1);
        String prefix = word.substring(slash + 1);
        String home = state.variables.getOr("HOME", "/root");
        String looked = directory.isEmpty() ? "." : directory.startsWith("~/") ? home + directory.substring(1) : directory;
        FileSystem files = process.context().files();
        try {
            for (Map.Entry<String, Node> entry : files.list(process, looked).entrySet()) {
                String name = entry.getKey();
                if (name.startsWith(prefix) && (!name.startsWith(".") || prefix.startsWith("."))) {
                    found.add(directory + name + (files.isDirectory(process, looked + "/" + name) ? "/" : ""));
                }
            }
        } catch (KernelException e) {
            // no such directory: nothing to offer
        }
    }
}
