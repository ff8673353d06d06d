package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a shell remembers from one command to the next. */
public final class ShellState {
    /** Whose language and messages it speaks. */
    public enum Dialect {
        BASH,
        /** {@code sh} of Debian. */
        DASH,
        /** {@code sh} of busybox. */
        ASH
    }

    /** The options of {@code set}, in the order of their names. */
    public enum Option {
        ALLEXPORT('a', "allexport"),
        ERREXIT('e', "errexit"),
        MONITOR('m', "monitor"),
        NOCLOBBER('C', "noclobber"),
        NOEXEC('n', "noexec"),
        NOGLOB('f', "noglob"),
        NOUNSET('u', "nounset"),
        PIPEFAIL('\0', "pipefail"),
        VERBOSE('v', "verbose"),
        XTRACE('x', "xtrace");

        /** Its letter, or 0. */
        public final char letter;

        public final String title;

        Option(char letter, String title) {
            this.letter = letter;
            this.title = title;
        }
    }

    private static final int MAX_FUNCTIONS = 1_000;

    public final Dialect dialect;
    public final Variables variables;
    public final Map<String, Command> functions;
    public final Map<String, String> aliases;
    public final Set<Option> options;
    public final Map<Signal, String> traps = new EnumMap<>(Signal.class);
    public final Set<String> extensions = new TreeSet<>();
    public final List<Job> jobs = new ArrayList<>();
    public final List<String> history = new ArrayList<>();
    public @Nullable String exitTrap;

    /** What runs when a command fails: {@code trap … ERR}. */
    public @Nullable String errorTrap;

    /** The directories below the working directory on the stack of {@code pushd}, the uppermost first. */
    public List<String> directories = List.of();

    /** The last word of the command before: {@code $_}. */
    public String lastArgument = "";

    public List<String> arguments;
    public String name;

    /** Whether it is the copy of another shell, made for parentheses or a pipeline. */
    boolean inSubshell;

    private List<Job> inheritedJobs = List.of();

    public int status;

    /** The exit statuses of the last pipeline's elements; empty if it was one command, whose status is {@link #status}. */
    public List<Integer> pipeline = List.of();

    public int shellPid;
    public int lastBackground;
    public boolean interactive;
    public boolean commandString;

    /** Whether it ends by an interrupt that would not end it by itself. */
    boolean catchesInterrupts;

    public int line = 1;
    public int nextOption = 1;
    public int optionOffset;

    public ShellState(Dialect dialect, String name, List<String> arguments) {
        this(dialect, name, arguments, new Variables(), new TreeMap<>(), new LinkedHashMap<>(), EnumSet.noneOf(Option.class));
    }

    private ShellState(
            Dialect dialect,
            String name,
            List<String> arguments,
            Variables variables,
            Map<String, Command> functions,
            Map<String, String> aliases,
            Set<Option> options) {
        this.dialect = dialect;
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.variables = variables;
        this.functions = functions;
        this.aliases = aliases;
        this.options = options;
    }

    /** The jobs that {@code jobs} and {@code %n} mean: in a subshell without own ones those of its shell, as in {@code jobs | wc -l}. */
    public List<Job> visibleJobs() {
        return jobs.isEmpty() ? inheritedJobs : jobs;
    }

    /** Defines a function, or another for one of the name; 0. */
    int define(Command.Function function) {
        if (functions.size() >= MAX_FUNCTIONS && !functions.containsKey(function.name())) {
            throw new ExpansionError("vethlab: a shell has " + MAX_FUNCTIONS + " functions at most");
        }
        functions.put(function.name(), function.body());
        return 0;
    }

    /** Whether it is dash, which knows little more than POSIX. */
    public boolean isDash() {
        return dialect == Dialect.DASH;
    }

    /** A subshell's copy: the same values, no jobs, no traps. */
    public ShellState subshell() {
        var copy = new ShellState(dialect, name, arguments, variables.copy(), new TreeMap<>(functions), aliases, EnumSet.copyOf(options));
        copy.options.remove(Option.MONITOR);
        copy.extensions.addAll(extensions);
        copy.status = status;
        copy.directories = directories;
        copy.lastArgument = lastArgument;
        copy.inSubshell = true;
        copy.inheritedJobs = List.copyOf(visibleJobs());
        copy.shellPid = shellPid;
        copy.lastBackground = lastBackground;
        copy.line = line;
        copy.commandString = commandString;
        return copy;
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    public boolean isBash() {
        return dialect == Dialect.BASH;
    }

    /** What stands before the shell's own error messages. */
    public String errorPrefix() {
        return switch (dialect) {
            case BASH -> interactive ? "bash: " : name + ": line " + line + ": ";
            case DASH -> name + ": " + line + ": ";
            case ASH -> interactive ? "sh: " : name + ": line " + (commandString ? line - 1 : line) + ": ";
        };
    }

    /** What a command ends with whose redirection failed. */
    int redirectionStatus() {
        return dialect == Dialect.DASH ? 2 : 1;
    }

    /** What ash puts before the complaint of a builtin: {@code sh: cd: line 1: }. */
    public String builtinPrefix(String builtin) {
        return errorPrefix().replaceFirst(": ", ": " + builtin + ": ");
    }

    /** A process runs this shell or, of a subshell, this copy of it. */
    void runBy(EmulatedProcess process) {
        if (isBash()) {
            variables.define("BASHPID", () -> Integer.toString(pid(process)));
        }
    }

    /** Its number as it sees itself. */
    private static int pid(EmulatedProcess process) {
        return process.context().pids() == process.table().pids() ? process.pid() : process.namespacePid();
    }

    /** The environment and what every shell sets for itself. */
    public void initialise(EmulatedProcess process) {
        process.context().environment().forEach((variable, value) -> {
            variables.set(variable, value);
            variables.export(variable, true);
        });
        shellPid = pid(process);
        variables.set("PPID", Integer.toString(parent(process)));
        variables.set("IFS", " \t\n");
        variables.set("PWD", process.context().directory());
        variables.export("PWD", true);
        variables.set("OPTIND", "1");
        if (!variables.isSet("PATH")) {
            variables.set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        }
        variables.set("PS4", "+ ");
        if (!isBash()) {
            variables.set("PS1", dialect == Dialect.ASH ? "\\w \\$ " : "# ");
            variables.set("PS2", "> ");
        }
        if (dialect != Dialect.DASH) {
            variables.define("SECONDS", () -> Long.toString((process.now() - process.startTime()) / 1_000_000_000L));
        }
        if (isBash()) {
            extensions.addAll(List.of("checkwinsize", "cmdhist", "complete_fullquote", "extquote", "force_fignore", "globasciiranges",
                    "globskipdots", "hostcomplete", "interactive_comments", "patsub_replacement", "progcomp", "promptvars", "sourcepath"));
            variables.set("BASH", "/bin/bash");
            variables.set("BASH_VERSION", "5.3.3(1)-release");
            variables.set("HOSTNAME", process.context().uts().hostname());
            variables.set("HOSTTYPE", "x86_64");
            variables.set("MACHTYPE", "x86_64-pc-linux-gnu");
            variables.set("OSTYPE", "linux-gnu");
        }
        if (dialect != Dialect.DASH) {
            variables.set("SHLVL", Integer.toString(parse(variables.getOr("SHLVL", "0")) + 1));
            variables.export("SHLVL", true);
            if (isBash()) {
                variables.set("UID", Integer.toString(process.context().user().uid()));
                variables.set("EUID", Integer.toString(process.context().user().uid()));
            }
            variables.define("_", () -> lastArgument);
            variables.define("LINENO", () -> Integer.toString(line));
            variables.defineArray("PIPESTATUS", () -> pipeline.isEmpty() ? List.of(Integer.toString(status))
                    : pipeline.stream().map(each -> Integer.toString(each)).toList());
            variables.define("RANDOM", () -> Integer.toString(process.simulation().random("bash").nextInt(32768)));
            variables.define("EPOCHSECONDS", () -> Long.toString(CalendarTime.seconds(process.now())));
        }
    }

    /** The parent's number as the process sees it; 0 for one outside of its PID namespace. */
    private static int parent(EmulatedProcess process) {
        EmulatedProcess parent = process.parent();
        if (parent == null || process.context().pids() == process.table().pids()) {
            return parent == null ? 1 : parent.pid();
        }
        return parent.context().pids() == process.context().pids() ? parent.namespacePid() : 0;
    }

    private static int parse(String number) {
        return number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    }
}
