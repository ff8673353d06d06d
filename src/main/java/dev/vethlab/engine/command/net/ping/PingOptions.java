package dev.vethlab.engine.command.net.ping;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.socket.RawSocket.FragmentPolicy;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of iputils {@code ping}. */
final class PingOptions {
    static final String SHORTS = "h?4bRT:6F:N:3aABc:CdDe:fHi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_SIZE = 65_507;

    boolean adaptive;
    boolean audible;
    boolean broadcast;
    boolean flood;
    boolean help;
    boolean numeric;
    boolean forceNames;
    boolean outstanding;
    boolean quiet;
    boolean ipv4;
    boolean ipv6;
    boolean recordRoute;
    boolean stickySource;
    boolean timestamps;
    boolean verbose;
    boolean version;
    long count;
    int preload = 1;
    int size = 56;
    /** -1 for the system's. */
    int ttl = -1;
    int tos;
    int mark;
    int identifier = -1;
    long interval = NANOS_PER_SECOND;
    long linger = 10 * NANOS_PER_SECOND;
    long deadline;
    String device = "";
    String source = "";
    @Nullable Bytes pattern;
    /** {@code -T}: one of the kinds of {@link Ipv4Options}; -1 for no timestamps. */
    int stampKind = -1;
    @Nullable FragmentPolicy fragmentPolicy;
    List<String> operands = List.of();

    /** The addresses of the operands before the last. */
    final List<Integer> stations = new ArrayList<>();

    /** Lines for standard error that do not end it. */
    final List<String> warnings = new ArrayList<>();

    /** What cannot be emulated, or null. */
    @Nullable String unsupported;

    /** The command line is wrong: what to say, and the exit status. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final int status;

        Refused(String message, int status) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    static PingOptions parse(List<String> argv) throws Refused {
        Getopt given = Getopt.parse(argv, SHORTS);
        var result = new PingOptions();
        for (Getopt.Option option : given.options()) {
            result.take(option.name().charAt(0), option.value());
        }
        if (given.error() != null) {
            throw new Refused(given.error() + "\n" + PingUsage.TEXT.stripTrailing(), 2);
        }
        result.operands = given.operands();
        if (result.flood && given.options().stream().noneMatch(option -> option.name().equals("i"))) {
            result.interval = 0;
        }
        return result;
    }

    private void take(char letter, String value) throws Refused {
        switch (letter) {
            case 'a' -> audible = true;
            case 'A' -> adaptive = true;
            case 'b' -> broadcast = true;
            case 'B' -> stickySource = true;
            case 'c' -> count = number(value, 1, Long.MAX_VALUE);
            case 'D' -> timestamps = true;
            case 'e' -> identifier = (int) number(value, 0, 0xFFFF);
            case 'f' -> {
                flood = true;
                numeric = true;
            }
            case 'h', '?' -> help = true;
            case 'H' -> forceNames = true;
            case 'i' -> {
                interval = seconds(value);
                if (interval < 0) {
                    throw new Refused("ping: bad timing interval: " + value, 2);
                }
            }
            case 'I' -> {
                if (Ipv4.parse(value).isPresent()) {
                    source = value;
                } else {
                    device = value;
                }
            }
            case 'l' -> preload = (int) number(value, 1, 65536);
            case 'm' -> mark = (int) number(value, 0, 0xFFFFFFFFL);
            case 'M' -> fragmentPolicy = switch (value) {
                case "do" -> FragmentPolicy.DO;
                case "dont" -> FragmentPolicy.DONT;
                case "want" -> FragmentPolicy.WANT;
                case "probe" -> FragmentPolicy.PROBE;
                default -> throw new Refused("ping: invalid -M argument: " + value, 2);
            };
            case 'n' -> numeric = true;
            case 'O' -> outstanding = true;
            case 'p' -> pattern = pattern(value);
            case 'q' -> quiet = true;
            case 'Q' -> tos = tos(value);
            case 's' -> size = size(value);
            case 't' -> ttl = (int) number(value, 0, 255);
            case 'v' -> verbose = true;
            case 'V' -> version = true;
            case 'w' -> deadline = number(value, 0, Integer.MAX_VALUE) * NANOS_PER_SECOND;
            case 'W' -> {
                linger = seconds(value);
                if (linger < 0) {
                    throw new Refused("ping: bad linger time: " + value, 2);
                }
            }
            case '4', '6' -> {
                ipv4 |= letter == '4';
                ipv6 |= letter == '6';
                if (ipv4 && ipv6) {
                    throw new Refused("ping: only one -4 or -6 option may be specified", 2);
                }
            }
            case 'r' -> unsupported = "ping: -r is not emulated";
            case 'R', 'T' -> {
                if (recordRoute || stampKind >= 0) {
                    throw new Refused("ping: only one of -T or -R may be used", 2);
                }
                recordRoute = letter == 'R';
                stampKind = letter == 'T' ? stampKind(value) : -1;
            }
            // -3, -C, -d, -L, -S and -U change nothing that shows here; -F and -N are for IPv6
            default -> {}
        }
    }

    private static long number(String text, long low, long high) throws Refused {
        long value;
        try {
            value = Long.decode(text.strip());
        } catch (NumberFormatException e) {
            boolean tooLong = text.strip().matches("[+-]?\\d+");
            throw new Refused("ping: invalid argument: '" + text + "'" + (tooLong ? ": Numerical result out of range" : ""), 1);
        }
        if (value < low || value > high) {
            throw new Refused("ping: invalid argument: '" + text + "': out of range: " + low + " <= value <= " + high, 1);
        }
        return value;
    }

    private static int stampKind(String text) throws Refused {
        return switch (text) {
            case "tsonly" -> Ipv4Options.TIMES_ONLY;
            case "tsandaddr" -> Ipv4Options.TIMES_AND_ADDRESSES;
            case "tsprespec" -> Ipv4Options.PRESPECIFIED;
            default -> throw new Refused("ping: invalid timestamp type: " + text, 2);
        };
    }

    private static int size(String text) throws Refused {
        long value = number(text, 0, Integer.MAX_VALUE);
        if (value > MAX_SIZE) {
            throw new Refused("ping: invalid -s value: '" + text + "': out of range: 0 <= value <= " + MAX_SIZE, 1);
        }
        return (int) value;
    }

    /** Seconds with a fraction, in nanoseconds; what follows the number is complained about and ignored. */
    /** What is no number counts as 0, with a warning; nothing at all is refused as a negative number is ({@code ping_strtod()}). */
    private long seconds(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.' || end == 0 && text.charAt(0)
                == '-')) {
            end++;
        }
        double value = 0;
        try {
            value = end == 0 ? 0 : Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            end = 0;
        }
        if (end < text.length()) {
            warnings.add("ping: option argument contains garbage: " + text.substring(end));
            warnings.add("ping: this will become fatal error in the future");
        }
        return (long) (Math.min(value, Integer.MAX_VALUE / 1000) * NANOS_PER_SECOND);
    }

    private static int tos(String text) throws Refused {
        try {
            int value = Integer.decode(text);
            if (value >= 0 && value <= 255) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Refused("ping: bad TOS value: " + text, 2);
        }
        throw new Refused("ping: the decimal value of TOS bits must be in range 0-255: " + text, 2);
    }

    private static Bytes pattern(String text) throws Refused {
        if (text.isEmpty() || !text.matches("[0-9a-fA-F]+")) {
            throw new Refused("ping: patterns must be specified as hex digits: " + text, 2);
        }
        var bytes = new byte[Math.min(16, (text.length() + 1) / 2)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, Math.min(2 * i + 2, text.length())), 16);
        }
        return Bytes.of(bytes);
    }
}
