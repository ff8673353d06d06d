package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import java.util.List;

/** A pipeline that the shell started in the background or that was stopped: {@code %number}. */
public record Job(int number, List<EmulatedProcess> processes, String text) {
    public Job {
        processes = List.copyOf(processes);
    }

    public boolean hasEnded() {
        return processes.stream().allMatch(EmulatedProcess::hasEnded);
    }

    public boolean isStopped() {
        return !hasEnded() && processes.stream().allMatch(p -> p.hasEnded() || p.isFrozen());
    }

    /** The exit status of its last process. */
    public int status() {
        return processes.getLast().exitStatus();
    }

    /** The process group, by the pid of its first process. */
    public int group() {
        return processes.getFirst().group();
    }

    /** What {@code jobs} says of it. */
    public String state() {
        EmulatedProcess last = processes.getLast();
        if (!hasEnded()) {
            return isStopped() ? "Stopped" : "Running";
        }
        if (last.endedBy() != null) {
            return describe(last.endedBy());
        }
        return last.exitStatus() == 0 ? "Done" : "Exit " + last.exitStatus();
    }

    /** strsignal(3). */
    static String describe(Signal signal) {
        return switch (signal) {
            case TERM -> "Terminated";
            case KILL -> "Killed";
            case INT -> "Interrupt";
            case HUP -> "Hangup";
            case QUIT -> "Quit";
            case USR1 -> "User defined signal 1";
            case USR2 -> "User defined signal 2";
            case ALRM -> "Alarm clock";
            case PIPE -> "Broken pipe";
            case CHLD -> "Child exited";
            case CONT -> "Continued";
            case STOP -> "Stopped (signal)";
            case TSTP -> "Stopped";
            case WINCH -> "Window changed";
        };
    }
}
