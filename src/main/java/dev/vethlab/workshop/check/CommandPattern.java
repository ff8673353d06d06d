package dev.vethlab.workshop.check;

import dev.vethlab.session.SessionCompanion.Command;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes commands; what is null does not matter.
 *
 * @param on the node, a container without {@code container:}
 * @param text is found in what was typed
 * @param output is found in what it showed
 */
public record CommandPattern(@Nullable String on, Pattern text, @Nullable Integer status, @Nullable Pattern output) {
    private static final String CONTAINER = "container:";

    public boolean matches(Command command) {
        String node = command.node().startsWith(CONTAINER) ? command.node().substring(CONTAINER.length()) : command.node();
        return (on == null || on.equals(node))
                && (status == null || status == command.status())
                && text.matcher(command.text()).find()
                && (output == null || output.matcher(command.output()).find());
    }
}
