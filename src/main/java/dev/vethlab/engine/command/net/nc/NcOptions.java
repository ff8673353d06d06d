package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The command line of OpenBSD netcat. */
final class NcOptions {
    private static final String SHORTS = "46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    boolean crlf;
    boolean noInput;
    boolean help;
    boolean keep;
    boolean listen;
    boolean shutdownAtEnd;
    boolean numeric;
    boolean randomOrder;
    boolean udp;
    boolean verbose;
    boolean scan;
    boolean ipv6;
    /** Nanoseconds; -1 for none. */
    long timeout = -1;

    /** Nanoseconds after the end of input; -1 for never. */
    long quit = -1;

    long interval;
    int ttl;
    int tos;
    int receiveLimit;
    String sourceAddress = "";
    String sourcePort = "";
    String host = "";
    List<Integer> ports = List.of();
    @Nullable String unsupported;

    /** The command line is wrong: what to say before, perhaps, the usage. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final boolean showUsage;

        Refused(String message, boolean showUsage) {
            super(message, null, false, false);
            this.showUsage = showUsage;
        }
    }

    static NcOptions parse(EmulatedProcess self) throws Refused {
        Getopt given = Getopt.parse(self.arguments(), SHORTS);
        var result = new NcOptions();
        for (Getopt.Option option : given.options()) {
            result.take(option.name().charAt(0), option.value());
        }
        if (result.help) {
            return result;
        }
        if (given.error() != null) {
            throw new Refused(given.error(), true);
        }
        result.takeOperands(self, given.operands());
        return result;
    }

    private void take(char letter, String value) throws Refused {
        switch (letter) {
            case 'C' -> crlf = true;
            case 'd' -> noInput = true;
            case 'h' -> help = true;
            case 'i' -> interval = number(value, 0, Integer.MAX_VALUE / 1000, "interval") * NANOS_PER_SECOND;
            case 'k' -> keep = true;
            case 'l' -> listen = true;
            case 'M' -> ttl = (int) number(value, 0, 255, "ttl");
            case 'N' -> shutdownAtEnd = true;
            case 'n' -> numeric = true;
            case 'p' -> sourcePort = value;
            case 'q' -> {
                long seconds = number(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "quit timer");
                quit = seconds < 0 ? -1 : seconds * NANOS_PER_SECOND;
                // Debian's: who waits to quit has said that no more will come
                shutdownAtEnd |= seconds >= 0;
            }
            case 'r' -> randomOrder = true;
            case 's' -> sourceAddress = value;
            case 'T' -> tos = tos(value);
            case 'u' -> udp = true;
            case 'v' -> verbose = true;
            case 'W' -> receiveLimit = (int) number(value, 1, Integer.MAX_VALUE, "receive limit");
            case 'w' -> timeout = number(value, 0, Integer.MAX_VALUE / 1000, "timeout") * NANOS_PER_SECOND;
            case 'z' -> scan = true;
            case '6' -> ipv6 = true;
            case 'U', 'x', 'X', 'F', 'S', 'V', 't', 'Z', 'm', 'P' -> unsupported = "nc: -" + letter + " is not emulated";
            // -4, -b, -D, -I and -O change nothing that shows here
            default -> {}
        }
    }

    private static long number(String text, long low, long high, String what) throws Refused {
        if (!text.matches("-?\\d{1,18}")) {
            throw new Refused("nc: " + what + " invalid: " + text, false);
        }
        long value = Long.parseLong(text);
        if (value < low || value > high) {
            throw new Refused("nc: " + what + " too " + (value < low ? "small" : "large") + ": " + text, false);
        }
        return value;
    }

    private static int tos(String text) throws Refused {
        return switch (text) {
            case "lowdelay" -> 0x10;
            case "throughput" -> 0x08;
            case "reliability" -> 0x04;
            case "ef" -> 0xB8;
            case "cs0" -> 0x00;
            case "critical" -> 0xA0;
            case "inetcontrol" -> 0xC0;
            case "netcontrol" -> 0xE0;
            default -> {
                try {
                    yield Integer.decode(text) & 0xFF;
                } catch (NumberFormatException e) {
                    throw new Refused("nc: illegal tos value " + text, false);
                }
            }
        };
    }

    private void takeOperands(EmulatedProcess self, List<String> operands) throws Refused {
        List<String> words = new ArrayList<>(operands);
        if (words.isEmpty() && !listen) {
            throw new Refused("", true);
        }
        if (words.size() == 1 && !listen) {
            throw new Refused("nc: missing port number", false);
        }
        if (words.size() == 1) {
            words.addFirst("");
        }
        host = words.isEmpty() ? "" : words.getFirst();
        List<String> given = new ArrayList<>(words.isEmpty() ? List.of() : words.subList(1, words.size()));
        if (listen && words.size() > 1 && host.isEmpty() && !sourcePort.isEmpty()) {
            throw new Refused("", true);
        }
        if (listen && given.isEmpty()) {
            if (sourcePort.isEmpty()) {
                throw new Refused("nc: missing port number", false);
            }
            given.add(sourcePort);
        }
        if (listen && scan) {
            throw new Refused("nc: cannot use -z and -l", false);
        }
        if (keep && !listen) {
            throw new Refused("nc: must use -l with -k", false);
        }
        var all = new ArrayList<Integer>();
        for (String port : given) {
            if (listen) {
                listeningPort(self, port).ifPresent(all::add);
            } else {
                all.addAll(ports(self, port));
            }
        }
        if (randomOrder) {
            shuffle(self, all);
        }
        ports = all;
    }

    private static void shuffle(EmulatedProcess self, List<Integer> ports) {
        for (int i = ports.size() - 1; i > 0; i--) {
            Collections.swap(ports, i, self.simulation().random("nc").nextInt(i + 1));
        }
    }

    /** Who listens leaves the port to getaddrinfo(3), which knows names and any number. */
    private OptionalInt listeningPort(EmulatedProcess self, String text) {
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text) & 0xFFFF) : service(self, text);
    }

    private OptionalInt service(EmulatedProcess self, String name) {
        return Services.read(self).port(name, udp ? "udp" : "tcp");
    }

    private List<Integer> ports(EmulatedProcess self, String text) throws Refused {
        OptionalInt service = service(self, text);
        if (service.isPresent()) {
            return List.of(service.getAsInt());
        }
        int dash = text.indexOf('-');
        int low = port(dash < 0 ? text : text.substring(0, dash));
        int high = dash < 0 ? low : port(text.substring(dash + 1));
        var all = new ArrayList<Integer>();
        for (int port = Math.min(low, high); port <= Math.max(low, high); port++) {
            all.add(port);
        }
        return all;
    }

    private static int port(String text) throws Refused {
        if (!text.matches("\\d{1,18}")) {
            throw new Refused("nc: port number invalid: " + text, false);
        }
        long value = Long.parseLong(text);
        if (value < 1 || value > 65535) {
            throw new Refused("nc: port number too " + (value < 1 ? "small" : "large") + ": " + text, false);
        }
        return (int) value;
    }
}
