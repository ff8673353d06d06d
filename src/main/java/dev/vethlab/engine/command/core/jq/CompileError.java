package dev.vethlab.engine.command.core.jq;

import java.util.List;
import java.util.stream.Stream;

/** The program is no jq program. Positions count from 0, in characters. */
final class CompileError extends Exception {
    private static final long serialVersionUID = 1;
    private final String program;
    private final int from;
    private final List<String> complaints;

    CompileError(String program, String what, int from, int to) {
        this(program, from, List.of(complaint(program, what, from, to)));
    }

    private CompileError(String program, int from, List<String> complaints) {
        super(String.join("\n", complaints) + "\njq: " + complaints.size() + " compile error" + (complaints.size() == 1 ? "" : "s"),
                null, false, false);
        this.program = program;
        this.from = from;
        this.complaints = complaints;
    }

    /** This error, and another one that follows from it. */
    CompileError and(String what, int start, int end) {
        Stream<String> another = Stream.of(complaint(program, what, start, end));
        return new CompileError(program, from, Stream.concat(complaints.stream(), another).toList());
    }

    int from() {
        return from;
    }

    private static String complaint(String program, String what, int from, int to) {
        int start = program.lastIndexOf('\n', from - 1) + 1;
        int end = program.indexOf('\n', start);
        String line = program.substring(start, end < 0 ? program.length() : end);
        long number = program.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        int width = Math.max(1, Math.min(to, start + line.length()) - from);
        return "jq: error: " + what + " at <top-level>, line " + number + ", column " + (from - start + 1) + ":\n    " + line + "\n    "
                + " ".repeat(from - start) + "^".repeat(width);
    }
}
