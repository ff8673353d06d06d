package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessLimitException;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.ClosedFile;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.Pipe;
import dev.vethlab.engine.process.file.RegularFile;
import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.CommandText;
import dev.vethlab.engine.shell.syntax.Redirection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the shell's children: programs, subshells, pipelines, background jobs. */
public final class Launcher {
    private static final int MAX_SUBSTITUTION = 1 << 20;
    private static final int MAX_JOBS = 100;

    /** Commands run deeper than this within commands get a thread of their own ({@link Interpreter#depth}). */
    private static final int SHALLOW = 100;

    private static final String APPLETS = "/bin/";

    /** Those of busybox's {@code APPLET_NOEXEC} that one sees running. */
    private static final List<String> NO_EXEC = List.of("awk", "cut", "env", "find", "head", "ls", "nice", "nohup", "ps", "sort", "tr",
            "uniq", "wc", "xargs");

    private final Interpreter shell;
    private final EmulatedProcess process;
    private final ShellState state;

    Launcher(Interpreter shell) {
        this.shell = shell;
        this.process = shell.process();
        this.state = shell.state();
    }

    /** A program found at a path, with the arguments that its interpreter wants. */
    private record Found(String path, Executable program, List<String> argv) {}

    /** {@code MAX_ARG_STRLEN}, with the zero at the end, and a quarter of the stack's limit for all together (execve(2)). */
    private static final int LONGEST_ARGUMENT = 131_072;

    private static final int ALL_ARGUMENTS = 2 << 20;

    /** Beyond so many bytes there must be room for them. */
    private static final int MANY_ARGUMENTS = 16_384;

    private static final int POINTER = 8;

    /** Why a command cannot be run, and the exit status that says so. */
    private static final class NotRun extends Exception {
        private static final long serialVersionUID = 1;
        final int status;

        NotRun(String message, int status) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    // ---- finding ----

    /** Ash looks for a command among busybox's own applets before it looks in {@code PATH}. */
    public static boolean isApplet(EmulatedProcess process, ShellState state, String name) {
        return state.dialect == ShellState.Dialect.ASH && name.indexOf('/') < 0
                && process.context().files().lookupExecutable(process, APPLETS + name, "") != null;
    }

    private Found find(List<String> words) throws NotRun {
        String name = words.getFirst();
        FileSystem files = process.context().files();
        String hashed = state.isBash() && name.indexOf('/') < 0 ? state.hashed().path(name) : null;
        String path = isApplet(process, state, name) ? APPLETS + name
                : hashed != null && files.lookupExecutable(process, hashed, "") != null ? hashed
                : files.lookupExecutable(process, name, state.variables.getOr("PATH", ""));
        if (path == null) {
            throw notFound(name);
        }
        return load(path, path, words, 0);
    }

    /** The shell notes where it found a program that it runs. */
    private void remember(String name, Found found) {
        if (name.indexOf('/') < 0 && state.dialect != ShellState.Dialect.ASH) {
            state.hashed().ran(name, found.path);
        }
    }

    /** Busybox runs these applets in a child that does not call execve(2), so that they keep the shell's command line. */
    private boolean isInPlace(Found found) {
        return state.dialect == ShellState.Dialect.ASH && NO_EXEC.contains(found.argv.getFirst());
    }

    private static int becomeApplet(EmulatedProcess own, Found found) {
        own.become(found.program, found.argv);
        return 0;
    }

    private NotRun notFound(String name) {
        FileSystem files = process.context().files();
        if (name.isEmpty() && !state.isBash()) {
            return new NotRun(": Permission denied", 126);
        }
        if (state.isBash() && !state.variables.isSet("PATH") && name.indexOf('/') < 0) {
            return new NotRun(name + ": " + Errno.ENOENT.message(), 127);
        }
        if (name.indexOf('/') < 0) {
            return new NotRun(name + (state.isBash() ? ": command not found" : ": not found"), 127);
        }
        try {
            Node node = files.stat(process, name);
            if (!state.isBash()) {
                return new NotRun(name + ": Permission denied", 126);
            }
            return new NotRun(name + ": " + (node.isDirectory() ? Errno.EISDIR : Errno.EACCES).message(), 126);
        } catch (KernelException e) {
            boolean missing = e.errno() == Errno.ENOENT;
            return new NotRun(name + ": " + (missing && !state.isBash() ? "not found" : e.errno().message()), missing ? 127 : 126);
        }
    }

    private Found load(String found, String path, List<String> words, int depth) throws NotRun {
        FileSystem files = process.context().files();
        try {
            Node node = files.stat(process, path);
            if (node instanceof RegularFile file && file.program() != null) {
                return new Found(found, file.program(), words);
            }
            String head = firstLine(files.readAll(process, path));
            List<String> argv = new ArrayList<>();
            String interpreter = "/bin/sh";
            if (head.startsWith("#!")) {
                String[] parts = head.substring(2).strip().split("\\s+", 2);
                interpreter = parts[0];
                argv.add(interpreter);
                if (parts.length > 1) {
                    argv.add(parts[1]);
                }
            } else {
                interpreter = state.isBash() ? "/bin/bash" : "/bin/sh";
                argv.add(interpreter);
            }
            argv.add(path);
            argv.addAll(words.subList(1, words.size()));
            if (depth > 3 || files.lookupExecutable(process, interpreter, "") == null) {
                throw new NotRun(words.getFirst() + ": cannot execute: required file not found", 127);
            }
            return load(found, interpreter, argv, depth + 1);
        } catch (KernelException e) {
            throw new NotRun(words.getFirst() + ": " + e.errno().message(), 126);
        }
    }

    private static String firstLine(Bytes content) {
        String text = content.slice(0, Math.min(256, content.length())).text();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    // ---- running ----

    /** The environment of a program: what is exported, and what is assigned for it alone. */
    private Map<String, String> environment(Map<String, String> assigned) {
        Map<String, String> environment = state.variables.exported();
        state.functions.addTo(environment);
        environment.putAll(assigned);
        return environment;
    }

    private ProcessContext surroundings(Map<String, String> environment) {
        ProcessContext context = process.context().copy();
        context.environment().clear();
        context.environment().putAll(environment);
        return context;
    }

    private @Nullable EmulatedProcess spawn(Executable program, List<String> argv, ProcessContext context, List<OpenFile> files) {
        try {
            return process.spawn(program, argv, context, files);
        } catch (ProcessLimitException e) {
            process.error(e.getMessage());
            return null;
        }
    }

    /** @throws NotRun if arguments and environment are longer than execve(2) takes, or there is no room for them */
    private void checkLength(List<String> words, Map<String, String> environment) throws NotRun {
        long all = 0;
        boolean fits = true;
        for (String word : words) {
            all += word.length() + 1 + POINTER;
            fits &= word.length() < LONGEST_ARGUMENT;
        }
        for (var variable : environment.entrySet()) {
            int length = variable.getKey().length() + 1 + variable.getValue().length();
            all += length + 1 + POINTER;
            fits &= length < LONGEST_ARGUMENT;
        }
        Errno refusal = !fits || all > ALL_ARGUMENTS ? Errno.E2BIG
                : all > MANY_ARGUMENTS && !process.network().kernel().memory().take(all) ? Errno.ENOMEM : null;
        if (refusal != null) {
            String name = words.getFirst();
            String path = state.isBash()
                    ? process.context().files().lookupExecutable(process, name, state.variables.getOr("PATH", ""))
                    : name;
            throw new NotRun(path + ": " + refusal.message(), 126);
        }
    }

    /**
     * Runs a program and waits for it.
     *
     * @param text the command as it was typed
     */
    int run(List<String> words, Map<String, String> assigned, Supplier<String> text) {
        Map<String, String> environment = environment(assigned);
        Found found;
        try {
            found = find(words);
            checkLength(words, environment);
            remember(words.getFirst(), found);
        } catch (NotRun e) {
            shell.complain(e.getMessage());
            return e.status;
        }
        EmulatedProcess child = isInPlace(found)
                ? spawn((Program) own -> becomeApplet(own, found), process.commandLine(), surroundings(environment), process.descriptors())
                : spawn(found.program, found.argv, surroundings(environment), process.descriptors());
        return child == null ? 254 : foreground(List.of(child), text);
    }

    /** Becomes a program; comes back, with an exit status, only if it cannot. */
    int become(List<String> words, Map<String, String> assigned, String builtin) {
        Map<String, String> environment = environment(assigned);
        try {
            Found found = find(words);
            checkLength(words, environment);
            process.context().environment().clear();
            process.context().environment().putAll(environment);
            if (isInPlace(found)) {
                process.become(found.program, found.argv);
            }
            process.exec(found.program, found.argv);
        } catch (NotRun e) {
            boolean nowhere = words.getFirst().indexOf('/') < 0 && e.status == 127;
            shell.complain(!state.isBash() ? builtin + e.getMessage()
                    : nowhere && !builtin.isEmpty() ? builtin + words.getFirst() + ": not found" : e.getMessage());
            return e.status;
        }
        throw new IllegalStateException("exec came back");
    }

    private @Nullable EmulatedProcess spawnShell(Command command, int levels, @Nullable OpenFile input, @Nullable OpenFile output) {
        return spawnShell(command, state.subshell(levels), input, output);
    }

    private @Nullable EmulatedProcess spawnShell(
            Command command, ShellState copy, @Nullable OpenFile input, @Nullable OpenFile output) {
        return spawn(shell.child(command, copy), process.commandLine(), process.context().copy(), shell.files(input, output));
    }

    int subshell(Command.Subshell subshell) {
        EmulatedProcess child = spawnShell(subshell.body(), 1, null, null);
        return child == null ? 254 : foreground(List.of(child), () -> CommandText.inline(subshell));
    }

    int pipeline(Command.Pipeline pipeline) {
        List<EmulatedProcess> children = start(pipeline.elements(), null);
        return children.isEmpty() ? 254 : foreground(children, () -> CommandText.inline(pipeline));
    }

    private List<EmulatedProcess> start(List<Command> elements, @Nullable OpenFile firstInput) {
        List<EmulatedProcess> children = new ArrayList<>();
        OpenFile input = firstInput;
        for (int i = 0; i < elements.size(); i++) {
            Pipe pipe = i < elements.size() - 1 ? new Pipe(process.simulation()) : null;
            // a simple command is no subshell, and parentheses count themselves
            int levels = elements.get(i) instanceof Command.Simple || elements.get(i) instanceof Command.Subshell ? 0 : 1;
            ShellState copy = state.subshell(levels);
            if (elements.get(i) instanceof Command.Simple simple) {
                // its traps are this shell's affair
                shell.traps().before(simple);
                copy.debugTrap = null;
                copy.errorTrap = null;
            }
            EmulatedProcess child = spawnShell(elements.get(i), copy, input, pipe == null ? null : pipe.writer);
            if (child == null) {
                children.forEach(started -> started.signal(Signal.TERM));
                return List.of();
            }
            children.add(child);
            input = pipe == null ? null : pipe.reader;
        }
        if (state.has(ShellState.Option.MONITOR)) {
            children.forEach(child -> child.setGroup(children.getFirst().pid()));
        }
        return children;
    }

    /** Waits for a pipeline; its status. Traps run after that. */
    private int foreground(List<EmulatedProcess> children, Supplier<String> text) {
        return process.deferringSignals(() -> attend(children, text));
    }

    private int attend(List<EmulatedProcess> children, Supplier<String> text) {
        boolean monitor = state.has(ShellState.Option.MONITOR);
        Terminal terminal = monitor ? Terminal.of(process) : null;
        if (monitor) {
            children.forEach(child -> child.setGroup(children.getFirst().pid()));
        }
        if (terminal != null) {
            terminal.setForeground(children.getFirst().group());
        }
        int failed = 0;
        List<Integer> statuses = new ArrayList<>();
        try {
            for (EmulatedProcess child : children) {
                int status = shell.depth() > SHALLOW ? process.waitFor(child) : process.waitLendingThread(child);
                statuses.add(status);
                failed = status != 0 ? status : failed;
            }
        } finally {
            if (terminal != null && !process.hasEnded()) {
                terminal.setForeground(process.group());
            }
        }
        if (children.size() > 1) {
            state.pipeline = List.copyOf(statuses);
        }
        EmulatedProcess last = children.getLast();
        JobNotices.reportForeground(process, state, last, text);
        if (last.endedBy() == Signal.INT && (monitor || state.interactive)) {
            throw new ControlFlow.Abandon(last.exitStatus());
        }
        return state.has(ShellState.Option.PIPEFAIL) ? failed : last.exitStatus();
    }

    /** Waits for processes that are already there: {@code fg}. */
    public int waitInForeground(List<EmulatedProcess> processes, String text) {
        return foreground(processes, () -> text);
    }

    /** Starts a command and goes on; 0. */
    int background(Command.Item item) {
        for (int i = 0; i < state.jobs.size() && state.jobs.size() >= MAX_JOBS; ) {
            if (state.jobs.get(i).hasEnded()) {
                state.jobs.remove(i);
            } else {
                i++;
            }
        }
        if (state.jobs.size() >= MAX_JOBS) {
            shell.complain("vethlab: a shell has " + MAX_JOBS + " jobs at most");
            return 1;
        }
        OpenFile input = state.has(ShellState.Option.MONITOR) ? null : new NullFile();
        Command command = item.command();
        List<Command> elements = command instanceof Command.Pipeline p && !p.negated() && !p.timed() ? p.elements() : List.of(command);
        List<EmulatedProcess> children = start(elements, input);
        if (children.isEmpty()) {
            return 254;
        }
        if (!state.has(ShellState.Option.MONITOR)) {
            children.forEach(child -> {
                child.ignoreSignal(Signal.INT);
                child.ignoreSignal(Signal.QUIT);
            });
        }
        EmulatedProcess last = children.getLast();
        state.lastBackground = process.context().pids() == process.table().pids() ? last.pid() : last.namespacePid();
        int number = state.jobs.stream().mapToInt(Job::number).max().orElse(0) + 1;
        state.jobs.add(new Job(number, children, state.isBash() ? CommandText.inline(command) : item.text()));
        if (state.interactive) {
            process.error("[" + number + "] " + state.lastBackground);
        }
        return 0;
    }

    // ---- substitution ----

    String substitute(Command body) {
        if (state.isBash() && body instanceof Command.Simple simple && simple.words().isEmpty() && simple.assignments().isEmpty()
                && simple.redirections().size() == 1 && simple.redirections().getFirst().kind() == Redirection.Kind.READ) {
            return contents(simple.redirections().getFirst());
        }
        Pipe pipe = new Pipe(process.simulation());
        ShellState copy = state.subshell(1);
        if (state.isBash()) {
            // bash goes on in a substitution that failed (command_substitute())
            copy.options.remove(ShellState.Option.ERREXIT);
        }
        EmulatedProcess child = spawnShell(body, copy, null, pipe.writer);
        if (child == null) {
            state.status = 254;
            return "";
        }
        return withoutNewlines(process.deferringSignals(() -> output(pipe, child)));
    }

    /** {@code $(< FILE)}: what the file has ({@code cat_file()} in bash's builtins/evalstring.c). */
    private String contents(Redirection redirection) {
        var redirector = new Redirector(process, state, shell.expander());
        try {
            redirector.apply(List.of(redirection));
            var output = new ByteArrayOutputStream();
            OpenFile file = process.descriptor(redirection.descriptor());
            for (Bytes part = file.read(process, 65536); !part.isEmpty(); part = file.read(process, 65536)) {
                output.writeBytes(part.toArray());
                if (output.size() > MAX_SUBSTITUTION) {
                    throw new ExpansionError("vethlab: a command substitution may have " + MAX_SUBSTITUTION + " bytes");
                }
            }
            state.status = 0;
            return withoutNewlines(Bytes.of(output.toByteArray()).text());
        } catch (Redirector.Failure e) {
            shell.complain(e.getMessage());
            state.status = 1;
            return "";
        } finally {
            redirector.restore();
        }
    }

    private static String withoutNewlines(String output) {
        String text = output.replace("\0", "");
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }

    /** All that comes through a pipe until its writers have ended. */
    private String output(Pipe pipe, EmulatedProcess child) {
        pipe.reader.retain();
        var output = new ByteArrayOutputStream();
        try {
            while (true) {
                Bytes part = pipe.reader.read(process, 65536);
                if (part.isEmpty()) {
                    break;
                }
                output.writeBytes(part.toArray());
                if (output.size() > MAX_SUBSTITUTION) {
                    throw new ExpansionError("vethlab: a command substitution may have " + MAX_SUBSTITUTION + " bytes");
                }
            }
            state.status = process.waitFor(child);
        } finally {
            pipe.reader.release();
        }
        return Bytes.of(output.toByteArray()).text();
    }

    /** {@code <(…)} and {@code >(…)}: a pipe under a free descriptor, named by its path. */
    String substituteProcess(Command body, boolean reads) {
        Pipe pipe = new Pipe(process.simulation());
        int descriptor = 63;
        while (descriptor > 10 && process.descriptor(descriptor) != ClosedFile.INSTANCE) {
            descriptor--;
        }
        EmulatedProcess child = reads ? spawnShell(body, 1, null, pipe.writer) : spawnShell(body, 1, pipe.reader, null);
        if (child == null) {
            return "/dev/null";
        }
        process.setDescriptor(descriptor, reads ? pipe.reader : pipe.writer);
        return "/dev/fd/" + descriptor;
    }
}
