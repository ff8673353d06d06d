package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** What an interactive shell says before its prompt of jobs that ended, and the lines of {@code jobs}. */
public final class JobNotices {
    private static final int WIDTH = 24;

    private JobNotices() {}

    static void print(EmulatedProcess process, ShellState state) {
        for (Job job : List.copyOf(state.jobs)) {
            if (job.hasEnded()) {
                process.error(line(state, job));
            }
        }
        state.jobs.removeIf(Job::hasEnded);
    }

    /** One job as {@code jobs} lists it. */
    public static String line(ShellState state, Job job) {
        int last = state.jobs.size() - 1;
        int at = state.jobs.indexOf(job);
        String mark = at == last ? "+" : at == last - 1 ? "-" : " ";
        String what = job.state();
        return "[" + job.number() + "]" + mark + "  " + what + " ".repeat(Math.max(1, WIDTH - what.length())) + job.text()
                + (job.hasEnded() || job.isStopped() ? "" : " &");
    }
}
