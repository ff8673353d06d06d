package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import java.util.List;

/** What an interactive shell says before its prompt of jobs that ended, and the lines of {@code jobs}. */
public final class JobNotices {
    private static final int WIDTH = 27;

    private JobNotices() {}

    static void print(EmulatedProcess process, ShellState state) {
        for (Job job : List.copyOf(state.jobs)) {
            if (job.hasEnded()) {
                process.error(line(state, job));
            }
        }
        state.jobs.removeIf(Job::hasEnded);
    }

    /** Says which signal ended a process, as a shell without job control does; nobody is told of INT, PIPE and TERM (bash's jobs.c). */
    public static void reportSignal(EmulatedProcess process, ShellState state, EmulatedProcess ended, String text) {
        Signal signal = ended.endedBy();
        if (signal == null || signal == Signal.INT || signal == Signal.PIPE || !state.isBash()) {
            return;
        }
        if (state.interactive) {
            process.error(Job.describe(signal));
        } else if (signal != Signal.TERM) {
            String pid = Integer.toString(ended.pid());
            String what = Job.describe(signal);
            process.error(state.errorPrefix() + " ".repeat(Math.max(0, 5 - pid.length())) + pid + " " + what
                    + " ".repeat(Math.max(1, WIDTH - what.length())) + text);
        }
    }

    /** One job as {@code jobs} lists it. */
    public static String line(ShellState state, Job job) {
        int last = state.visibleJobs().size() - 1;
        int at = state.visibleJobs().indexOf(job);
        String mark = at == last ? "+" : at == last - 1 ? "-" : " ";
        String what = job.state();
        return "[" + job.number() + "]" + mark + "  " + what + " ".repeat(Math.max(1, WIDTH - what.length())) + job.text()
                + (job.hasEnded() || job.isStopped() ? "" : " &");
    }
}
