package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.syntax.Escapes;
import java.util.List;
import java.util.regex.Pattern;

/** {@code echo}: as bash has it, which the program in {@code /bin} does as well. */
public final class PrintCommands {
    private static final Pattern OPTION = Pattern.compile("-[neE]+");
    private static final Pattern DASH_OPTION = Pattern.compile("-n");

    private PrintCommands() {}

    /** What {@code echo} prints for its arguments. */
    public static String echo(List<String> arguments) {
        return echo(arguments, false);
    }

    /** The same; dash's {@code echo} knows {@code -n} alone, and always decodes escapes. */
    public static String echo(List<String> arguments, boolean dash) {
        boolean newline = true;
        boolean escapes = dash;
        int first = 0;
        while (first < arguments.size() && (dash ? DASH_OPTION : OPTION).matcher(arguments.get(first)).matches()) {
            for (char flag : arguments.get(first).substring(1).toCharArray()) {
                switch (flag) {
                    case 'n' -> newline = false;
                    case 'e' -> escapes = true;
                    default -> escapes = false;
                }
            }
            first++;
        }
        String text = String.join(" ", arguments.subList(first, arguments.size()));
        if (escapes) {
            Escapes.Decoded decoded = Escapes.echo(text);
            return decoded.text() + (newline && !decoded.stopped() ? "\n" : "");
        }
        return text + (newline ? "\n" : "");
    }
}
