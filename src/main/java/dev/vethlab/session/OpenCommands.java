package dev.vethlab.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a link carries in the open, so that it can be written by hand: {@code run=docker ps} for the host, {@code run=client$ curl
 * 192.168.1.10} for another node, as it would stand behind that node's prompt.
 */
public final class OpenCommands {
    private static final int MOST = 20;
    private static final int LONGEST = 2000;
    private static final String DEFAULT_NODE = "host";
    private static final Pattern WITH_NODE = Pattern.compile("((?:container:)?[A-Za-z0-9][A-Za-z0-9_.-]{0,62})\\$ (.*)");

    private OpenCommands() {}

    /**
     * The commands as an input that types one after the other.
     *
     * @throws IllegalArgumentException if there are too many, or one cannot be a line; the message is for the person
     */
    public static Input.Script script(List<String> runs) {
        if (runs.size() > MOST) {
            throw new IllegalArgumentException("A link may carry " + MOST + " commands.");
        }
        List<Input.Script.Step> steps = new ArrayList<>();
        for (String run : runs) {
            steps.add(step(run));
        }
        return new Input.Script(List.copyOf(steps));
    }

    private static Input.Script.Step step(String run) {
        if (run.length() > LONGEST) {
            throw new IllegalArgumentException("A command in a link may have " + LONGEST + " characters.");
        }
        if (run.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A command in a link is one line of text.");
        }
        Matcher parts = WITH_NODE.matcher(run);
        String node = parts.matches() ? parts.group(1) : DEFAULT_NODE;
        return new Input.Script.Step(terminal(node), node, parts.matches() ? parts.group(2) : run);
    }

    /** The page's own name for a node's first terminal. */
    private static String terminal(String node) {
        return node.replace("container:", "c-").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-") + "-1";
    }
}
