package dev.vethlab.workshop.seat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came of a workshop, as CSV (RFC 4180). Whatever program opens it takes nothing in it for a formula. */
public final class Outcome {
    private static final List<String> HEAD = List.of("name", "joined", "steps done", "steps", "checks ticked", "checks", "commands", "errors",
            "last command", "last exit status", "last active", "finished");

    private Outcome() {}

    /** A line a seat, in the order given, below a line of heads. */
    public static String csv(List<Seat> seats) {
        return Stream.concat(Stream.of(HEAD), seats.stream().map(Outcome::row))
                .map(row -> row.stream().map(Outcome::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private static List<String> row(Seat seat) {
        Work work = seat.work();
        boolean typed = work.activity().commands() > 0;
        return List.of(seat.name(), time(seat.joined()), number(work.done()), number(work.steps()), number(work.ticked()),
                number(work.checks()), number(work.activity().commands()), number(work.activity().errors()), work.activity().command(),
                typed ? number(work.activity().status()) : "", time(work.active()), time(work.finished()));
    }

    private static String number(int number) {
        return Integer.toString(number);
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    /** Spreadsheets take a cell for a formula that begins so, quoted or not; after an apostrophe it is text (OWASP: CSV injection). */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n|＝＋－＠".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> "\",;'".indexOf(c) >= 0 || c < ' ');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
