package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.shell.builtin.Builtin;
import dev.vethlab.engine.shell.builtin.Builtins;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.CommandText;
import dev.vethlab.engine.shell.syntax.Parser;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
        ERRTRACE('E', "errtrace"),
        FUNCTRACE('T', "functrace"),
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

        /** Whether bash alone has it. */
        public boolean isOfBash() {
            return this == ERRTRACE || this == FUNCTRACE;
        }
    }

    static final String BASH_VERSION = "5.3.15(1)-release";

    public final Dialect dialect;
    public final Variables variables;
    public final Functions functions;
    public final Map<String, String> aliases;

    /** Builtins that {@code enable -n} switched off. */
    public final Set<String> disabledBuiltins = new TreeSet<>();

    private HashedCommands hashed = new HashedCommands();

    /**
     * A function that is being run.
     *
     * @param line where it was called
     * @param source the file that defines it
     */
    record Frame(String function, int line, String source) {}

    /** The functions that are being run, the innermost first: {@code FUNCNAME}. */
    final ArrayDeque<Frame> running = new ArrayDeque<>();

    /** The file whose commands are being run; empty if they are in none. */
    String source = "";
    public final Set<Option> options;
    public final Map<Signal, String> traps = new EnumMap<>(Signal.class);
    public final Set<String> extensions = new TreeSet<>();
    public final List<Job> jobs = new ArrayList<>();
    public final List<String> history = new ArrayList<>();
    public @Nullable String exitTrap;

    /** What runs when a command fails: {@code trap … ERR}. */
    public @Nullable String errorTrap;

    /** What runs before each simple command: {@code trap … DEBUG}. */
    public @Nullable String debugTrap;

    /** What runs when a function ends: {@code trap … RETURN}. */
    public @Nullable String returnTrap;

    /** The simple command that was begun last, outside of traps: {@code BASH_COMMAND}. */
    Command.@Nullable Simple command;

    /** The directories below the working directory on the stack of {@code pushd}, the uppermost first. */
    public List<String> directories = List.of();

    /** The last word of the command before: {@code $_}. */
    public String lastArgument = "";

    public List<String> arguments;
    public String name;

    /** Of how many shells, one within the other, it is the copy, made for parentheses or a pipeline: {@code BASH_SUBSHELL}. */
    int subshells;


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
        this(dialect, name, arguments, new Variables(), new Functions(), new LinkedHashMap<>(), EnumSet.noneOf(Option.class));
    }

    private ShellState(
            Dialect dialect,
            String name,
            List<String> arguments,
            Variables variables,
            Functions functions,
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

    /** Whether the first word of a command may be an alias: in scripts of bash only if they ask for it. */
    public boolean expandsAliases() {
        return interactive || !isBash() || extensions.contains("expand_aliases");
    }

    /** What reads a text of this shell's language. */
    public Parser parser(String text, int firstLine) {
        return new Parser(text, firstLine, isDash(), expandsAliases() ? aliases : Collections.emptyMap());
    }

    /** The builtin of a name, unless it is switched off. */
    public @Nullable Builtin builtin(String builtin) {
        return disabledBuiltins.contains(builtin) ? null : Builtins.find(builtin, dialect);
    }

    /** Where programs were found in the present {@code PATH}. */
    public HashedCommands hashed() {
        hashed.searching(variables.getOr("PATH", ""));
        return hashed;
    }

    /** Whether it is dash, which knows little more than POSIX. */
    public boolean isDash() {
        return dialect == Dialect.DASH;
    }

    /** A subshell's copy: the same values, no jobs, no traps. */
    ShellState subshell(int levels) {
        var copy = new ShellState(dialect, name, arguments, variables.copy(), functions.copy(), aliases, EnumSet.copyOf(options));
        copy.options.remove(Option.MONITOR);
        copy.extensions.addAll(extensions);
        copy.status = status;
        copy.directories = directories;
        copy.lastArgument = lastArgument;
        copy.subshells = subshells + levels;
        copy.disabledBuiltins.addAll(disabledBuiltins);
        copy.hashed = hashed.copy();
        copy.running.addAll(running);
        copy.source = source;
        copy.inheritedJobs = List.copyOf(visibleJobs());
        copy.shellPid = shellPid;
        copy.lastBackground = lastBackground;
        copy.line = line;
        copy.commandString = commandString;
        copy.command = command;
        copy.errorTrap = has(Option.ERRTRACE) ? errorTrap : null;
        copy.debugTrap = has(Option.FUNCTRACE) ? debugTrap : null;
        copy.returnTrap = has(Option.FUNCTRACE) ? returnTrap : null;
        return copy;
    }

    /** Whether its commands come from standard input. */
    public boolean readsInput() {
        return !commandString && source.isEmpty();
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
            variables.define("BASH_SUBSHELL", () -> Integer.toString(subshells));
            variables.define("BASH_COMMAND", () -> command == null ? "" : CommandText.inline(command));
            variables.defineArray("FUNCNAME", () -> running.isEmpty() ? List.of() : callers(Frame::function, "main"));
            variables.defineArray("BASH_SOURCE", () -> callers(Frame::source, source));
            variables.defineArray("BASH_LINENO", () -> callers(frame -> Integer.toString(frame.line()), "0"));
        }
    }

    /** Something of each function that runs, the innermost first, and of the script that called the first one. */
    private List<String> callers(Function<Frame, String> what, String ofScript) {
        List<String> all = new ArrayList<>(running.stream().map(what).toList());
        if (!source.isEmpty()) {
            all.add(ofScript);
        }
        return all;
    }

    /** Its number as it sees itself. */
    private static int pid(EmulatedProcess process) {
        return process.context().pids() == process.table().pids() ? process.pid() : process.namespacePid();
    }

    /** The environment and what every shell sets for itself. */
    public void initialise(EmulatedProcess process) {
        process.context().environment().forEach((variable, value) -> {
            if (!isBash() || !functions.takeFrom(variable, value)) {
                variables.set(variable, value);
                variables.export(variable, true);
            }
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
            if (dialect == Dialect.ASH) {
                variables.set("HOSTNAME", process.context().uts().hostname());
            }
            variables.set("PS1", dialect == Dialect.ASH ? "\\w \\$ " : "# ");
            variables.set("PS2", "> ");
        }
        if (dialect != Dialect.DASH) {
            variables.define("SECONDS", () -> Long.toString((process.now() - process.startTime()) / 1_000_000_000L));
        }
        if (isBash()) {
            extensions.addAll(List.of("checkwinsize", "cmdhist", "complete_fullquote", "extquote", "force_fignore", "globasciiranges",
                    "globskipdots", "hostcomplete", "interactive_comments", "patsub_replacement", "progcomp", "promptvars", "sourcepath"));
            variables.set("BASH", "/usr/bin/bash");
            variables.set("BASH_VERSION", BASH_VERSION);
            variables.setArray("BASH_VERSINFO", List.of(BASH_VERSION.split("\\W")), false);
            variables.setElement("BASH_VERSINFO[5]", "x86_64-pc-linux-gnu");
            variables.makeReadOnly("BASH_VERSINFO");
            variables.define("BASHOPTS", () -> String.join(":", extensions));
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
            variables.define("LINENO", () -> Integer.toString(isBash() || !commandString ? line : line - 1));
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
