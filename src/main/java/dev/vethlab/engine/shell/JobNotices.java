package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import java.util.List;
import java.util.function.Supplier;

/** What an interactive shell says before its prompt of jobs that ended, and the lines of {@code jobs}. */
public final class JobNotices {
    private static final int WIDTH = 27;
    private static final int ALMQUIST_WIDTH = 33;

    private JobNotices() {}

    static void print(EmulatedProcess process, ShellState state) {
        for (Job job : List.copyOf(state.jobs)) {
            if (job.hasEnded()) {
                process.error(line(state, job));
            }
        }
        state.jobs.removeIf(Job::hasEnded);
    }

    /**
     * Says which signal ended what ran in the foreground; nobody is told of INT and PIPE (bash's {@code notify_of_job_status()},
     * {@code sprint_status()} of dash).
     */
    static void reportForeground(EmulatedProcess process, ShellState state, EmulatedProcess ended, Supplier<String> text) {
        Signal signal = ended.endedBy();
        if (signal == null || signal == Signal.INT || signal == Signal.PIPE) {
            return;
        }
        if (!state.isBash()) {
            process.error(Job.describe(signal));
            return;
        }
        boolean withPid = !state.interactive && signal != Signal.TERM && !isTrapped(state, signal);
        process.error((withPid ? numbered(state, ended) : "") + described(signal, text.get()));
    }

    private static boolean isTrapped(ShellState state, Signal signal) {
        String action = state.traps.get(signal);
        return action != null && !action.isEmpty();
    }

    /** Says which signal ended a job that {@code wait} waited for. */
    public static void reportAwaited(EmulatedProcess process, ShellState state, EmulatedProcess ended, String text) {
        Signal signal = ended.endedBy();
        if (signal == null || signal == Signal.INT || signal == Signal.PIPE) {
            return;
        }
        if (state.interactive || !state.isBash()) {
            process.error(Job.describe(signal));
        } else if (signal != Signal.TERM) {
            process.error(numbered(state, ended) + described(signal, text));
        }
    }

    private static String numbered(ShellState state, EmulatedProcess ended) {
        String pid = Integer.toString(ended.pid());
        return state.errorPrefix() + " ".repeat(Math.max(0, 5 - pid.length())) + pid + " ";
    }

    private static String described(Signal signal, String text) {
        String what = Job.describe(signal);
        return what + " ".repeat(Math.max(1, WIDTH - what.length())) + text;
    }

    /** One job as {@code jobs} lists it. */
    public static String line(ShellState state, Job job) {
        int last = state.visibleJobs().size() - 1;
        int at = state.visibleJobs().indexOf(job);
        String mark = at == last ? "+" : at == last - 1 ? "-" : " ";
        String what = job.state();
        if (!state.isBash() && !state.has(ShellState.Option.MONITOR)) {
            // showjob(): a shell without job control has not kept what the job was (commandtext())
            String line = "[" + job.number() + "]" + (state.isDash() ? " " + mark : mark + " ") + " " + what;
            return line + " ".repeat(Math.max(0, ALMQUIST_WIDTH - line.length()));
        }
        return "[" + job.number() + "]" + mark + "  " + what + " ".repeat(Math.max(1, WIDTH - what.length())) + job.text()
                + (job.hasEnded() || job.isStopped() ? "" : " &");
    }
}
