package dev.vethlab.workshop;

import dev.vethlab.session.SessionCompanion.Command;

/**
 * What somebody has typed in a session since its lesson began. It follows from the session's log alone, so it comes back by replay.
 *
 * @param commands lines that have ended
 * @param errors how many of them with another exit status than 0
 * @param failedInARow how many of the last ones, since something of the lesson was done
 * @param command the last one, its beginning
 * @param status its exit status
 * @param said the last line that it showed, if it failed
 */
public record Activity(int commands, int errors, int failedInARow, String command, int status, String said) {
    public static final Activity NONE = new Activity(0, 0, 0, "", 0, "");

    private static final int LONGEST = 200;

    Activity and(Command command) {
        boolean failed = command.status() != 0;
        return new Activity(commands + 1, errors + (failed ? 1 : 0), failed ? failedInARow + 1 : 0, shortened(command.text()),
                command.status(), failed ? shortened(lastLine(command.output())) : "");
    }

    /** Something of the lesson was done: some commands are meant to fail. */
    Activity withProgress() {
        return new Activity(commands, errors, 0, command, status, said);
    }

    private static String lastLine(String output) {
        String text = output.stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1).strip();
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
