package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.Variables;
import dev.vethlab.engine.shell.syntax.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What expansions ask of the shell they are made in. */
public interface Surroundings {
    EmulatedProcess process();

    Variables variables();

    /** {@code $1 $2 …}. */
    List<String> arguments();

    /** <code>$? $$ $! $# $- $0</code>; null if it has no value. */
    @Nullable String special(char name);

    /** The home of a user; null if there is no such user. */
    @Nullable String home(String user);

    /** Runs a command in a subshell; what it wrote, without newlines at the end. */
    String substitute(Command body);

    /** Runs a command in a subshell at a pipe's other end; the path that stands for this end. */
    String substituteProcess(Command body, boolean reads);

    /** Whether an unset parameter is an error ({@code set -u}). */
    boolean treatsUnsetAsError();

    /** Whether file names are not generated ({@code set -f}). */
    boolean leavesPatterns();

    /** Whether a pattern that matches nothing vanishes ({@code shopt -s nullglob}). */
    boolean dropsUnmatchedPatterns();

    /** Whether the language is bash's: braces expand. */
    boolean isBash();

    /** Whether it is dash's, which knows no arithmetic beyond POSIX's. */
    boolean isDash();
}
