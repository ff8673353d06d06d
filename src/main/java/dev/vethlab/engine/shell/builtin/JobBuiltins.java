package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.shell.Interpreter;
import dev.vethlab.engine.shell.Interrupts;
import dev.vethlab.engine.shell.Job;
import dev.vethlab.engine.shell.JobNotices;
import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.ShellState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builtins of jobs, signals and traps. */
final class JobBuiltins {
    private JobBuiltins() {}

    static void addTo(Map<String, Builtin> all) {
        all.put("jobs", JobBuiltins::jobs);
        all.put("wait", JobBuiltins::waitFor);
        all.put("kill", JobBuiltins::kill);
        all.put("fg", (shell, words) -> resume(shell, words, true));
        all.put("bg", (shell, words) -> resume(shell, words, false));
        all.put("disown", (shell, words) -> {
            if (shell.state().jobs.isEmpty() && words.size() == 1) {
                shell.complain("disown: current: no such job");
                return 1;
            }
            shell.state().jobs.clear();
            return 0;
        });
        all.put("trap", JobBuiltins::trap);
        all.put("history", (shell, words) -> {
            List<String> history = shell.state().history;
            for (int i = 0; i < history.size(); i++) {
                String number = Integer.toString(i + 1);
                shell.process().println(" ".repeat(Math.max(0, 5 - number.length())) + number + "  " + history.get(i));
            }
            return 0;
        });
    }

    private static int jobs(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        for (Job job : List.copyOf(state.visibleJobs())) {
            if (words.contains("-p")) {
                shell.process().println(Integer.toString(job.processes().getFirst().pid()));
            } else {
                shell.process().println(JobNotices.line(state, job));
            }
        }
        state.jobs.removeIf(Job::hasEnded);
        return 0;
    }

    /** The job of {@code %n}, {@code %+}, {@code %-} or {@code %text}; null if there is none such. */
    private static @Nullable Job job(ShellState state, String reference) {
        String text = reference.startsWith("%") ? reference.substring(1) : reference;
        List<Job> jobs = state.visibleJobs();
        int size = jobs.size();
        if (text.isEmpty() || text.equals("%") || text.equals("+")) {
            return size == 0 ? null : jobs.getLast();
        }
        if (text.equals("-")) {
            return size == 0 ? null : jobs.get(Math.max(0, size - 2));
        }
        for (Job job : jobs) {
            if (text.equals(Integer.toString(job.number())) || job.text().startsWith(text)
                    || text.startsWith("?") && job.text().contains(text.substring(1))) {
                return job;
            }
        }
        return null;
    }

    private static @Nullable EmulatedProcess process(Interpreter shell, int number) {
        return shell.process().table().visibleTo(shell.process()).get(number);
    }

    private static int waitFor(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        EmulatedProcess self = shell.process();
        List<String> targets = words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        if (targets.isEmpty()) {
            for (Job job : List.copyOf(state.jobs)) {
                job.processes().forEach(self::waitFor);
            }
            state.jobs.clear();
            return 0;
        }
        int status = 0;
        for (String target : targets) {
            Job job = target.startsWith("%") ? job(state, target) : ofPid(state, target);
            if (job == null && !state.isBash() && target.matches("\\d+")) {
                status = 127;
                continue;
            }
            if (job == null) {
                shell.complain(target.startsWith("%") ? "wait: " + target + ": no such job"
                        : target.matches("\\d+") ? "wait: pid " + target + " is not a child of this shell"
                        : "wait: `" + target + "': not a pid or valid job spec");
                status = !target.matches("%.*|\\d+") ? 1 : state.isDash() && target.startsWith("%") ? 2 : 127;
                continue;
            }
            job.processes().forEach(self::waitFor);
            JobNotices.reportAwaited(self, state, job.processes().getLast(), job.text());
            status = job.status();
            state.jobs.remove(job);
        }
        return status;
    }

    private static @Nullable Job ofPid(ShellState state, String pid) {
        for (Job job : state.jobs) {
            for (EmulatedProcess process : job.processes()) {
                if (pid.equals(Integer.toString(process.pid())) || pid.equals(Integer.toString(process.namespacePid()))) {
                    return job;
                }
            }
        }
        return null;
    }

    private static int kill(Interpreter shell, List<String> words) {
        Signal signal = Signal.TERM;
        int first = 1;
        if (words.size() > 1 && (words.get(1).equals("-l") || words.get(1).equals("-L") && shell.state().isBash())) {
            return list(shell, words.subList(2, words.size()));
        }
        if (words.size() > 1 && words.get(1).startsWith("-") && words.get(1).length() > 1 && !words.get(1).equals("--")) {
            boolean separate = words.get(1).equals("-s") || words.get(1).equals("-n");
            String name = separate && words.size() > 2 ? words.get(2) : words.get(1).substring(1);
            if (name.equals("0")) {
                return exists(shell, words.subList(2, words.size()));
            }
            Signal found = Signal.parse(name);
            if (found == null) {
                shell.complain("kill: " + name + ": invalid signal specification");
                return shell.state().dialect == ShellState.Dialect.DASH ? 2 : 1;
            }
            signal = found;
            first = separate ? 3 : 2;
        } else if (words.size() > 1 && words.get(1).equals("--")) {
            first = 2;
        }
        if (words.size() <= first) {
            switch (shell.state().dialect) {
                case BASH -> shell.process().error(
                        "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]");
                case DASH -> shell.complain(
                        "kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]");
                case ASH -> shell.process().error(shell.state().name + ": you need to specify whom to kill");
            }
            return shell.state().dialect == ShellState.Dialect.ASH ? 1 : 2;
        }
        int status = 0;
        for (String target : words.subList(first, words.size())) {
            status |= send(shell, target, signal);
        }
        return status;
    }

    private static int list(Interpreter shell, List<String> names) {
        if (names.isEmpty()) {
            shell.process().print(shell.state().isDash() ? Signals.column() : Signals.table());
        }
        int status = 0;
        for (String name : names) {
            String other = Signals.translated(name);
            if (other == null) {
                shell.complain("kill: " + name + ": invalid signal specification");
                status = 1;
            } else if (!other.isEmpty()) {
                shell.process().println(other);
            }
        }
        return status;
    }

    private static int exists(Interpreter shell, List<String> targets) {
        int status = 0;
        for (String target : targets) {
            EmulatedProcess process = target.matches("\\d{1,9}") ? process(shell, Integer.parseInt(target)) : null;
            if (process == null || !shell.process().context().maySignal(process.context())) {
                shell.complain("kill: (" + target + ") - " + (process == null ? Errno.ESRCH : Errno.EPERM).message());
                status = 1;
            }
        }
        return status;
    }

    private static int send(Interpreter shell, String target, Signal signal) {
        if (target.startsWith("%")) {
            Job job = job(shell.state(), target);
            if (job == null) {
                shell.complain("kill: " + target + ": no such job");
                return shell.state().isDash() ? 2 : 1;
            }
            job.processes().forEach(process -> process.signal(signal));
            return 0;
        }
        if (!target.matches("-?\\d{1,9}")) {
            shell.complain("kill: `" + target + "': not a pid or valid job spec");
            return 1;
        }
        int number = Integer.parseInt(target);
        if (number < 0) {
            shell.process().table().signalGroup(-number, signal);
            return 0;
        }
        EmulatedProcess process = process(shell, number);
        if (process == null) {
            shell.complain("kill: (" + number + ") - No such process");
            return 1;
        }
        if (!shell.process().context().maySignal(process.context())) {
            shell.complain("kill: (" + number + ") - " + Errno.EPERM.message());
            return 1;
        }
        ProcessTable.kill(shell.process(), process, signal);
        if (process == shell.process()) {
            shell.process().spend(0);
        }
        return 0;
    }

    private static int resume(Interpreter shell, List<String> words, boolean foreground) {
        ShellState state = shell.state();
        if (!state.has(ShellState.Option.MONITOR)) {
            if (!state.isBash() && state.lastBackground != 0) {
                // a job keeps no text without job control
                shell.complain(words.getFirst() + ": job (null) not created under job control");
                return 2;
            }
            shell.complain(words.getFirst() + ": no job control");
            return state.isDash() ? 2 : 1;
        }
        String reference = words.size() > 1 ? words.get(1) : "%+";
        Job job = job(state, reference);
        if (job == null) {
            shell.complain(words.getFirst() + ": " + (words.size() > 1 ? reference : "current") + ": no such job");
            return 1;
        }
        job.processes().forEach(process -> process.signal(Signal.CONT));
        if (!foreground) {
            shell.process().error("[" + job.number() + "]+ " + job.text() + " &");
            return 0;
        }
        shell.process().println(job.text());
        state.jobs.remove(job);
        return shell.launcher().waitInForeground(job.processes(), job.text());
    }

    private static int trap(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        if (words.size() == 1 || words.get(1).equals("-p")) {
            if (state.exitTrap != null) {
                shell.process().println("trap -- " + Quoting.single(state.exitTrap) + " EXIT");
            }
            state.traps.forEach((signal, action) ->
                    shell.process().println("trap -- " + Quoting.single(action) + (state.isBash() ? " SIG" : " ") + signal));
            showTrap(shell, state.debugTrap, "DEBUG");
            showTrap(shell, state.errorTrap, "ERR");
            showTrap(shell, state.returnTrap, "RETURN");
            return 0;
        }
        int first = words.get(1).equals("--") ? 2 : 1;
        String action = words.get(first);
        boolean resets = action.equals("-") || words.size() == first + 1;
        int status = 0;
        for (String name : words.subList(words.size() == first + 1 ? first : first + 1, words.size())) {
            if (name.equals("EXIT") || name.equals("0")) {
                state.exitTrap = resets ? null : action;
                if (state.isBash()) {
                    shell.process().setLastWords(resets ? null : () -> shell.leave(state.status));
                }
                continue;
            }
            if (state.isBash() && setOccasion(state, name, resets || action.isEmpty() ? null : action)) {
                continue;
            }
            // dash's decode_signal() knows signals without SIG only
            Signal signal = state.isDash() && name.regionMatches(true, 0, "SIG", 0, 3) ? null : Signal.parse(name);
            if (signal == null) {
                if (shell.state().dialect == ShellState.Dialect.DASH) {
                    shell.process().error("trap: " + name + ": bad trap");
                } else {
                    shell.complain("trap: " + name + ": invalid signal specification");
                }
                status = 1;
            } else if (resets) {
                state.traps.remove(signal);
                Interrupts.reset(shell, signal);
            } else if (action.isEmpty()) {
                state.traps.put(signal, action);
                shell.process().ignoreSignal(signal);
            } else {
                state.traps.put(signal, action);
                shell.process().onSignal(signal, () -> runTrap(shell, action));
            }
        }
        return status;
    }

    private static void showTrap(Interpreter shell, @Nullable String action, String name) {
        if (action != null) {
            shell.process().println("trap -- " + Quoting.single(action) + " " + name);
        }
    }

    /** Sets what bash runs on an occasion that is no signal; false if the name is none of these. */
    private static boolean setOccasion(ShellState state, String name, @Nullable String action) {
        switch (name) {
            case "ERR" -> state.errorTrap = action;
            case "DEBUG" -> state.debugTrap = action;
            case "RETURN" -> state.returnTrap = action;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void runTrap(Interpreter shell, String action) {
        int status = shell.state().status;
        shell.run(action, shell.state().line, "");
        shell.state().status = status;
    }
}
