package dev.vethlab.engine.command.core;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.shell.expand.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code find}: an expression of tests and actions for every file below some places. */
final class Find {
    private static final int MAX_FILES = 50_000;

    private final EmulatedProcess self;
    private final FileSystem files;
    private final List<List<String>> gathered = new ArrayList<>();
    private final List<Integer> gatheredSizes = new ArrayList<>();
    private int maxDepth = Integer.MAX_VALUE;
    private int minDepth;
    private int visited;
    private int status;
    private boolean pruned;
    private List<String> words = List.of();
    private int position;

    /** A test or action; true if the file passes. */
    private interface Step {
        boolean test(String path, Node node);
    }

    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    private Find(EmulatedProcess self) {
        this.self = self;
        this.files = self.context().files();
    }

    static int main(EmulatedProcess self) {
        return new Find(self).run();
    }

    private int run() {
        List<String> argv = self.arguments().subList(1, self.arguments().size());
        int first = 0;
        while (first < argv.size() && (argv.get(first).equals("-L") || argv.get(first).equals("-P") || argv.get(first).equals("-H"))) {
            first++;
        }
        int end = first;
        while (end < argv.size() && !argv.get(end).startsWith("-") && !argv.get(end).equals("(") && !argv.get(end).equals("!")) {
            end++;
        }
        List<String> places = end == first ? List.of(".") : argv.subList(first, end);
        words = argv.subList(end, argv.size());
        Step step;
        try {
            step = words.isEmpty() ? (path, node) -> true : or();
            if (position < words.size()) {
                throw new Mistake("paths must precede expression: `" + words.get(position) + "'");
            }
        } catch (Mistake e) {
            self.error("find: " + e.getMessage());
            return 1;
        }
        boolean acts = words.stream()
                .anyMatch(List.of("-print", "-print0", "-exec", "-execdir", "-delete", "-printf", "-quit", "-ls", "-ok")::contains);
        Step whole = step;
        for (String place : places) {
            try {
                visit(place, files.linkStat(self, place), 0, acts ? whole : (path, node) -> {
                    boolean passes = whole.test(path, node);
                    if (passes) {
                        self.println(path);
                    }
                    return passes;
                });
            } catch (KernelException e) {
                self.error("find: " + Gnu.quote(self, place) + ": " + e.errno().message());
                status = 1;
            }
        }
        finishGathered();
        return status;
    }

    private void visit(String path, Node node, int depth, Step step) throws KernelException {
        if (++visited > MAX_FILES) {
            self.error("vethlab: find visits " + MAX_FILES + " files at most");
            self.exit(1);
        }
        pruned = false;
        boolean deletes = words.contains("-delete") || words.contains("-depth");
        if (!deletes && depth >= minDepth) {
            step.test(path, node);
        }
        if (node.isDirectory() && depth < maxDepth && !pruned) {
            List<Map.Entry<String, Node>> entries;
            try {
                entries = new ArrayList<>(files.list(self, path).entrySet());
            } catch (KernelException e) {
                self.error("find: " + Gnu.quote(self, path) + ": " + e.errno().message());
                status = 1;
                entries = List.of();
            }
            for (var entry : entries) {
                visit(path.equals("/") ? "/" + entry.getKey() : path + "/" + entry.getKey(), entry.getValue(), depth + 1, step);
            }
        }
        if (deletes && depth >= minDepth) {
            step.test(path, node);
        }
    }

    // ---- the expression ----

    private Step or() throws Mistake {
        Step left = and();
        while (position < words.size() && (words.get(position).equals("-o") || words.get(position).equals("-or"))) {
            position++;
            Step before = left;
            Step right = and();
            left = (path, node) -> before.test(path, node) || right.test(path, node);
        }
        return left;
    }

    private Step and() throws Mistake {
        Step left = not();
        while (position < words.size() && !words.get(position).equals("-o") && !words.get(position).equals("-or") && !words.get(position)
                .equals(")")) {
            if (words.get(position).equals("-a") || words.get(position).equals("-and")) {
                position++;
            }
            Step before = left;
            Step right = not();
            left = (path, node) -> before.test(path, node) && right.test(path, node);
        }
        return left;
    }

    private Step not() throws Mistake {
        String word = next("expected an expression");
        if (word.equals("!") || word.equals("-not")) {
            Step inner = not();
            return (path, node) -> !inner.test(path, node);
        }
        if (word.equals("(")) {
            Step inner = or();
            if (position >= words.size() || !words.get(position).equals(")")) {
                throw new Mistake("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
            }
            position++;
            return inner;
        }
        return primary(word);
    }

    private String next(String otherwise) throws Mistake {
        if (position >= words.size()) {
            throw new Mistake(otherwise);
        }
        return words.get(position++);
    }

    private static String name(String path) {
        return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
    }

    private Step primary(String word) throws Mistake {
        String missing = "missing argument to `" + word + "'";
        switch (word) {
            case "-name" -> {
                String pattern = next(missing);
                return (path, node) -> Glob.matches(pattern, name(path));
            }
            case "-iname" -> {
                String pattern = next(missing).toLowerCase(Locale.ROOT);
                return (path, node) -> Glob.matches(pattern, name(path).toLowerCase(Locale.ROOT));
            }
            case "-path", "-wholename" -> {
                String pattern = next(missing);
                return (path, node) -> Glob.matches(pattern, path);
            }
            case "-type" -> {
                String types = next(missing);
                if (!types.matches("[fdlcbps](,[fdlcbps])*")) {
                    throw new Mistake("Unknown argument to -type: " + types.charAt(0));
                }
                return (path, node) -> types.indexOf(node.type() == '-' ? 'f' : node.type()) >= 0;
            }
            case "-maxdepth" -> {
                maxDepth = number(word, next(missing));
                return (path, node) -> true;
            }
            case "-mindepth" -> {
                minDepth = number(word, next(missing));
                return (path, node) -> true;
            }
            case "-empty" -> {
                return (path, node) -> node.isDirectory() ? isEmpty(path) : node.size() == 0;
            }
            case "-size" -> {
                return size(next(missing));
            }
            case "-newer" -> {
                String other = next(missing);
                try {
                    long time = files.stat(self, other).modified();
                    return (path, node) -> node.modified() > time;
                } catch (KernelException e) {
                    throw new Mistake(Gnu.quote(self, other) + ": " + e.errno().message());
                }
            }
            case "-mtime", "-mmin", "-perm", "-user", "-group" -> {
                next(missing);
                throw new Mistake("vethlab: " + word + " is not emulated");
            }
            case "-executable" -> {
                return (path, node) -> node.isExecutable() || node.isDirectory();
            }
            case "-true", "-xdev", "-mount", "-depth" -> {
                return (path, node) -> true;
            }
            case "-false" -> {
                return (path, node) -> false;
            }
            case "-print" -> {
                return (path, node) -> {
                    self.println(path);
                    return true;
                };
            }
            case "-print0" -> {
                return (path, node) -> {
                    self.print(path + "\0");
                    return true;
                };
            }
            case "-prune" -> {
                return (path, node) -> {
                    pruned = true;
                    return true;
                };
            }
            case "-quit" -> {
                return (path, node) -> {
                    finishGathered();
                    self.exit(status);
                    return true;
                };
            }
            case "-delete" -> {
                return this::delete;
            }
            case "-exec", "-execdir" -> {
                return exec();
            }
            default -> throw new Mistake(word.startsWith("-") ? "unknown predicate `" + word + "'" : "paths must precede expression: `"
                    + word + "'");
        }
    }

    private static int number(String word, String text) throws Mistake {
        if (!text.matches("\\d{1,6}")) {
            throw new Mistake("Expected a positive decimal integer argument to " + word + ", but got '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private boolean isEmpty(String path) {
        try {
            return files.list(self, path).isEmpty();
        } catch (KernelException e) {
            return false;
        }
    }

    private static Step size(String text) throws Mistake {
        if (!text.matches("[-+]?\\d{1,12}[bckMGw]?")) {
            throw new Mistake("invalid -size type `" + text.charAt(text.length() - 1) + "'");
        }
        char sign = text.charAt(0);
        char unit = text.charAt(text.length() - 1);
        long count = Long.parseLong(text.replaceAll("[^0-9]", ""));
        long factor = switch (unit) {
            case 'c' -> 1;
            case 'w' -> 2;
            case 'k' -> 1024;
            case 'M' -> 1 << 20;
            case 'G' -> 1 << 30;
            default -> 512;
        };
        return (path, node) -> {
            long size = (node.size() + factor - 1) / factor;
            return sign == '+' ? size > count : sign == '-' ? size < count : size == count;
        };
    }

    private boolean delete(String path, Node node) {
        try {
            if (node.isDirectory()) {
                files.removeDirectory(self, path);
            } else {
                files.unlink(self, path);
            }
            return true;
        } catch (KernelException e) {
            self.error("find: cannot delete " + Gnu.quote(self, path) + ": " + e.errno().message());
            status = 1;
            return false;
        }
    }

    private Step exec() throws Mistake {
        List<String> command = new ArrayList<>();
        while (position < words.size() && !words.get(position).equals(";")
                && !(words.get(position).equals("+") && !command.isEmpty() && command.getLast().equals("{}"))) {
            command.add(words.get(position++));
        }
        if (position >= words.size() || command.isEmpty()) {
            throw new Mistake("missing argument to `-exec'");
        }
        boolean gathers = words.get(position++).equals("+");
        Executable program = Running.find(self, command.getFirst());
        if (gathers) {
            List<String> argv = new ArrayList<>(command.subList(0, command.size() - 1));
            gathered.add(argv);
            int size = argv.size();
            gatheredSizes.add(size);
            return (path, node) -> {
                argv.add(path);
                return true;
            };
        }
        return (path, node) -> {
            if (program == null) {
                self.error("find: " + Gnu.quote(self, command.getFirst()) + ": No such file or directory");
                return false;
            }
            return self.waitFor(self.spawn(program, command.stream().map(word -> word.replace("{}", path)).toList())) == 0;
        };
    }

    private void finishGathered() {
        for (int i = 0; i < gathered.size(); i++) {
            List<String> argv = gathered.get(i);
            Executable program = Running.find(self, argv.getFirst());
            if (argv.size() > gatheredSizes.get(i) && program != null) {
                status = self.waitFor(self.spawn(program, argv)) == 0 ? status : 1;
            }
        }
        gathered.clear();
    }
}
