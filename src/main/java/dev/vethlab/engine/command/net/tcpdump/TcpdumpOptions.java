package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.net.Getopt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command line of tcpdump. */
final class TcpdumpOptions {
    static final int DEFAULT_SNAP_LENGTH = 262_144;

    private static final String SHORT = "aAbB:c:C:dDeE:fF:G:hHi:IJj:KlLM:nNOpqQ:r:s:StT:uUvV:w:W:xXy:z:Z:#";
    private static final String[] LONG = {
        "buffer-size:=B", "list-interfaces=D", "help=h", "interface:=i", "monitor-mode=I", "time-stamp-type:=j", "list-time-stamp-types=J",
        "dont-verify-checksums=K", "list-data-link-types=L", "no-optimize=O", "no-promiscuous-mode=p", "direction:=Q", "snapshot-length:=s",
        "absolute-tcp-sequence-numbers=S", "packet-buffered=U", "linktype:=y", "relinquish-privileges:=Z", "number=#", "print", "version",
        "time-stamp-precision:", "micro", "nano", "immediate-mode", "count", "skip:"
    };
    /** Options that change nothing here. */
    /** Those of libpcap's that devices here could have; but for the first they are not emulated. */
    private static final List<String> LINK_TYPES = List.of("EN10MB", "DOCSIS", "LINUX_SLL", "LINUX_SLL2", "RAW", "NULL", "PPP");

    private static final List<String> WITHOUT_EFFECT = List.of("a", "B", "b", "f", "j", "N", "O", "p", "u", "Z", "micro",
            "immediate-mode");

    private final Getopt options;
    private final List<String> expression = new ArrayList<>();
    private final @Nullable String error;
    private int count = -1;
    private int snapLength = DEFAULT_SNAP_LENGTH;
    private Capture.Direction direction = Capture.Direction.INOUT;

    TcpdumpOptions(List<String> argv) {
        options = Getopt.parse(argv, SHORT, LONG);
        expression.addAll(options.operands());
        error = options.error() == null ? checkValues() : null;
    }

    private @Nullable String checkValues() {
        for (Getopt.Option option : options.options()) {
            switch (option.name()) {
                case "c" -> {
                    count = number(option.value());
                    if (count <= 0) {
                        return "invalid packet count " + option.value();
                    }
                }
                case "s" -> {
                    snapLength = number(option.value());
                    if (snapLength < 0 || snapLength > DEFAULT_SNAP_LENGTH) {
                        return "invalid snaplen " + option.value() + " (must be >= 0 and <= 262144)";
                    }
                    snapLength = snapLength == 0 ? DEFAULT_SNAP_LENGTH : snapLength;
                }
                case "y" -> {
                    if (!LINK_TYPES.contains(option.value().toUpperCase(Locale.ROOT))) {
                        return "invalid data link type " + option.value();
                    }
                }
                case "Q" -> {
                    switch (option.value()) {
                        case "in" -> direction = Capture.Direction.IN;
                        case "out" -> direction = Capture.Direction.OUT;
                        case "inout" -> direction = Capture.Direction.INOUT;
                        default -> {
                            return "unknown capture direction '" + option.value() + "'";
                        }
                    }
                }
                default -> {}
            }
        }
        return null;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** An unknown option or one without its value, as getopt says it; null if all is well. */
    @Nullable String usageError() {
        return options.error();
    }

    /** A value that is none; null if all is well. */
    @Nullable String error() {
        return error;
    }

    /** The first option that is not emulated, or null. */
    @Nullable String unsupported() {
        List<String> known = List.of("A", "c", "D", "e", "F", "h", "i", "K", "l", "n", "q", "Q", "r", "s", "S", "t", "U", "v", "w", "x", "X",
                "y", "L", "J", "#",
                "print", "version", "count");
        for (Getopt.Option option : options.options()) {
            String link = option.name().equals("y") ? option.value().toUpperCase(Locale.ROOT) : "";
            if (!link.isEmpty() && !link.equals(LINK_TYPES.getFirst()) && LINK_TYPES.contains(link)) {
                return "-y " + option.value();
            }
            if (!known.contains(option.name()) && !WITHOUT_EFFECT.contains(option.name())) {
                return (option.name().length() > 1 ? "--" : "-") + option.name();
            }
        }
        return null;
    }

    boolean has(String name) {
        return options.has(name);
    }

    @Nullable String value(String name) {
        return options.value(name);
    }

    int times(String name) {
        return (int) options.options().stream().filter(o -> o.name().equals(name)).count();
    }

    /** How many packets to take; -1 for no limit. */
    int count() {
        return count;
    }

    int snapLength() {
        return snapLength;
    }

    Capture.Direction direction() {
        return direction;
    }

    String expression() {
        return String.join(" ", expression);
    }
}
