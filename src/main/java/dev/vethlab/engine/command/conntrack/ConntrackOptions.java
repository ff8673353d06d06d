package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.command.conntrack.ConntrackFilter.Network;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a call of {@code conntrack}. */
final class ConntrackOptions {
    private static final String COMMANDS = "LIGDUEFCSVhA";
    /** Options with a value ({@code :}) or perhaps one ({@code ?}). */
    private static final String SHORT = "s:d:r:q:p:t:u:e:a:zw:f:n?g?j?o:m:c:b:i:l:";
    private static final Map<String, String> LONG = new TreeMap<>();
    private static final Map<String, String> PORTS = new TreeMap<>();
    private static final Map<String, String> ICMP = new TreeMap<>();

    static {
        fill(LONG, "dump L list L create I delete D update U get G flush F event E counter C count C stats S add A version V help h src s "
                + "orig-src s dst d orig-dst d reply-src r reply-dst q protonum p timeout t status u zero z event-mask e tuple-src a "
                + "mask-src a mask-dst a nat-range a mark m secmark c family f src-nat n dst-nat g any-nat j output o buffer-size b zone w "
                + "orig-zone orig-zone reply-zone reply-zone label l");
        fill(PORTS, "sport sport orig-port-src sport dport dport orig-port-dst dport reply-port-src rsport reply-port-dst rdport");
        fill(ICMP, "icmp-type type icmp-code code icmp-id id");
    }

    private static void fill(Map<String, String> map, String text) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
    }

    final ConntrackFilter filter = new ConntrackFilter();
    final Set<String> outputs = new LinkedHashSet<>();
    final Set<String> events = new LinkedHashSet<>();
    char command;
    String table = "conntrack";
    int protocol = -1;
    final GivenTuple tuple = new GivenTuple();
    /** {@code -t}, in seconds; -1 if it is not given. */
    int timeout = -1;
    TcpTracker.@Nullable State state;
    boolean assured;
    boolean zeroes;
    boolean seenReply;
    boolean hasMark;
    int mark;
    int markMask = -1;

    /** Whether a zone other than the usual one was named. */
    boolean zoned;

    private final List<String> words;
    private final Set<String> given = new LinkedHashSet<>();
    private int next;

    ConntrackOptions(List<String> words) {
        this.words = words;
    }

    void parse() throws ConntrackException {
        while (next < words.size()) {
            String word = words.get(next++);
            if (word.startsWith("--") && word.length() > 2) {
                longOption(word);
            } else if (word.startsWith("-") && word.length() > 1) {
                shortOptions(word);
            } else {
                throw ConntrackException.parameter("unknown argument `" + word + "'");
            }
        }
        if (hasMark && "UIA".indexOf(command) < 0) {
            filter.mark(mark, markMask);
        }
        if (state != null && "UIA".indexOf(command) < 0) {
            filter.state(state);
        }
    }

    /** Whether what the command cannot do without is there, and nothing that it does not take ({@code generic_opt_check}). */
    void check() throws ConntrackException {
        boolean creates = command == 'I' || command == 'A';
        if (table.equals("expect") && (command == 'D' || command == 'G')) {
            need(given.contains("src"), "src");
            need(given.contains("dst"), "dst");
        }
        String refused = OptionRules.refused(command, table.equals("expect") ? table : "conntrack", given);
        String missing = (creates || command == 'G') && protocol < 0 ? "protonum" : creates && timeout < 0 ? "timeout" : null;
        if (refused != null && (missing == null || OptionRules.comesBefore(refused, missing))) {
            throw ConntrackException.parameter("Illegal option `--" + refused + "' with this command");
        }
        if (!table.equals("conntrack") || (!creates && command != 'G')) {
            return;
        }
        need(protocol >= 0, "protonum");
        need(!creates || timeout >= 0, "timeout");
        if (!tuple.hasAddresses()) {
            throw ConntrackException.parameter("you have to specify `--src' and `--dst'");
        }
        switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> {
                if (!tuple.hasPorts()) {
                    throw ConntrackException.parameter("you have to specify `--sport' and `--dport'");
                }
                need(!creates || protocol == IpProtocol.UDP || state != null, "state");
            }
            case IpProtocol.ICMP -> {
                need(tuple.icmpType != null, "icmp-type");
                need(tuple.icmpCode != null, "icmp-code");
                need(tuple.icmpId != null, "icmp-id");
            }
            default -> {}
        }
    }

    private static void need(boolean isThere, String option) throws ConntrackException {
        if (!isThere) {
            throw ConntrackException.parameter("You need to supply the `--" + option + "' option for this command");
        }
    }

    private void shortOptions(String word) throws ConntrackException {
        for (int at = 1; at < word.length(); at++) {
            char letter = word.charAt(at);
            String rest = word.substring(at + 1);
            if (COMMANDS.indexOf(letter) >= 0) {
                command(letter);
                continue;
            }
            int known = letter == ':' || letter == '?' ? -1 : SHORT.indexOf(letter);
            if (known < 0) {
                throw ConntrackException.parameter("unknown option `-" + letter + "'");
            }
            boolean takes = SHORT.startsWith(":", known + 1);
            boolean may = SHORT.startsWith("?", known + 1);
            if (takes) {
                take(String.valueOf(letter), rest.isEmpty() ? value("-" + letter) : rest);
                return;
            }
            if (may) {
                take(String.valueOf(letter), rest.isEmpty() ? argument() : rest);
                return;
            }
            take(String.valueOf(letter), null);
        }
    }

    private void longOption(String word) throws ConntrackException {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        String attached = equals < 0 ? null : word.substring(equals + 1);
        String meaning = LONG.get(name);
        if (meaning == null && (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP)) {
            meaning = PORTS.get(name);
        }
        if (meaning == null && protocol == IpProtocol.TCP && name.equals("state")) {
            meaning = name;
        }
        if (meaning == null && protocol == IpProtocol.ICMP) {
            meaning = ICMP.get(name);
        }
        if (meaning == null) {
            throw ConntrackException.parameter("unknown option `" + word + "'");
        }
        char letter = meaning.charAt(0);
        if (meaning.length() == 1 && COMMANDS.indexOf(letter) >= 0) {
            command(letter);
        } else if (meaning.length() == 1 && "ngj".indexOf(letter) >= 0) {
            take(meaning, attached != null ? attached : argument());
        } else if (meaning.equals("z")) {
            take(meaning, null);
        } else {
            take(meaning, attached != null ? attached : value(word));
        }
    }

    private String value(String option) throws ConntrackException {
        if (next >= words.size()) {
            throw ConntrackException.parameter("option `" + option + "' requires an argument");
        }
        return words.get(next++);
    }

    /** The next word if it is no option. */
    private @Nullable String argument() {
        return next < words.size() && !words.get(next).startsWith("-") ? words.get(next++) : null;
    }

    private void command(char letter) throws ConntrackException {
        if (command != 0) {
            throw ConntrackException.parameter("Invalid commands combination");
        }
        command = letter;
        if ("LIGDUEFCAS".indexOf(letter) >= 0) {
            String word = argument();
            if (word != null) {
                if (!List.of("conntrack", "expect", "dying", "unconfirmed").contains(word)) {
                    throw ConntrackException.parameter("unknown type `" + word + "'");
                }
                table = word;
            }
        }
    }

    private void take(String option, @Nullable String argument) throws ConntrackException {
        String value = argument == null ? "" : argument;
        if (option.length() == 1 || option.endsWith("-zone")) {
            given.add(OptionRules.name(option));
        }
        switch (option) {
            case "s" -> {
                Network network = network(value);
                tuple.source = network.address();
                filter.source(false, network);
            }
            case "d" -> {
                Network network = network(value);
                tuple.destination = network.address();
                filter.destination(false, network);
            }
            case "r" -> {
                Network network = network(value);
                tuple.replySource = network.address();
                filter.source(true, network);
            }
            case "q" -> {
                Network network = network(value);
                tuple.replyDestination = network.address();
                filter.destination(true, network);
            }
            case "p" -> protocol(value);
            case "f" -> family(value);
            case "u" -> status(value);
            case "m" -> mark(value);
            case "n" -> nat(true, false, argument);
            case "g" -> nat(false, true, argument);
            case "j" -> nat(true, true, argument);
            case "o" -> outputs(value);
            case "t" -> timeout = number(value);
            case "w", "orig-zone", "reply-zone" -> {
                zoned = number(value) != 0;
                if (zoned) {
                    filter.nothing();
                }
            }
            case "z" -> zeroes = true;
            case "e" -> events(value);
            case "sport" -> {
                tuple.sourcePort = port(value);
                filter.sourcePort(false, port(value));
            }
            case "dport" -> {
                tuple.destinationPort = port(value);
                filter.destinationPort(false, port(value));
            }
            case "rsport" -> {
                tuple.replySourcePort = port(value);
                filter.sourcePort(true, port(value));
            }
            case "rdport" -> {
                tuple.replyDestinationPort = port(value);
                filter.destinationPort(true, port(value));
            }
            case "state" -> state(value);
            case "type" -> {
                tuple.icmpType = number(value);
                filter.icmpType(number(value));
            }
            case "code" -> {
                tuple.icmpCode = number(value);
                filter.icmpCode(number(value));
            }
            case "id" -> {
                tuple.icmpId = number(value);
                filter.icmpId(number(value));
            }
            // no connection here has a security mark
            case "b", "c" -> {}
            case "i" -> filter.id(number(value));
            case "l" -> throw ConntrackException.labels(value);
            default -> throw ConntrackException.unsupported("option -" + option);
        }
    }

    private void protocol(String text) throws ConntrackException {
        String name = text.toLowerCase(Locale.ROOT);
        OptionalInt number = name.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(name)) : IpProtocol.number(name);
        if (number.isEmpty() || number.getAsInt() > 255) {
            throw ConntrackException.parameter("`" + text + "' unsupported protocol");
        }
        protocol = number.getAsInt();
        filter.protocol(protocol);
    }

    private void family(String text) throws ConntrackException {
        switch (text) {
            case "ipv4" -> {}
            case "ipv6" -> filter.nothing();
            default -> throw ConntrackException.parameter("`" + text + "' unsupported protocol");
        }
    }

    private void status(String text) throws ConntrackException {
        for (String word : text.split(",", -1)) {
            switch (word.toUpperCase(Locale.ROOT)) {
                case "ASSURED" -> {
                    assured = true;
                    filter.assured();
                }
                case "SEEN_REPLY" -> {
                    seenReply = true;
                    filter.seenReply(true);
                }
                case "UNREPLIED" -> filter.seenReply(false);
                case "SRC_NAT" -> filter.nat(true, false);
                case "DST_NAT" -> filter.nat(false, true);
                case "CONFIRMED", "UNSET" -> {}
                default -> throw ConntrackException.parameter("Bad parameter `" + word + "'");
            }
        }
    }

    private void mark(String text) throws ConntrackException {
        int slash = text.indexOf('/');
        hasMark = true;
        Long value = unsigned(slash < 0 ? text : text.substring(0, slash));
        Long mask = slash < 0 || slash == text.length() - 1 ? Long.valueOf(-1) : unsigned(text.substring(slash + 1));
        if (value == null || mask == null) {
            throw ConntrackException.other("unexpected value '" + text + "' with -m option");
        }
        mark = value.intValue();
        markMask = mask.intValue();
    }

    private void outputs(String text) throws ConntrackException {
        for (String word : text.split(",", -1)) {
            switch (word) {
                case "xml", "extended", "timestamp", "id", "ktimestamp", "labels", "userspace", "save" -> outputs.add(word);
                default -> throw ConntrackException.parameter("Bad parameter `" + word + "'");
            }
        }
    }

    private void nat(boolean source, boolean destination, @Nullable String address) throws ConntrackException {
        if (address == null) {
            filter.nat(source, destination);
        } else {
            int colon = address.indexOf(':');
            Network network = network(colon < 0 ? address : address.substring(0, colon));
            OptionalInt port = colon < 0 ? OptionalInt.empty() : OptionalInt.of(port(address.substring(colon + 1)));
            filter.natTo(source, destination, network, port);
            if (source) {
                tuple.replyDestination = network.address();
                port.ifPresent(number -> tuple.replyDestinationPort = number);
            }
            if (destination) {
                tuple.replySource = network.address();
                port.ifPresent(number -> tuple.replySourcePort = number);
            }
        }
    }

    /** The digits that a text begins with ({@code atoi}). */
    private static int port(String text) {
        String digits = text.replaceFirst("\\D.*", "");
        return digits.isEmpty() || digits.length() > 5 ? 0 : Integer.parseInt(digits);
    }

    private void events(String text) throws ConntrackException {
        for (String word : text.split(",", -1)) {
            String event = word.toUpperCase(Locale.ROOT);
            switch (event) {
                case "ALL" -> events.addAll(List.of("NEW", "UPDATE", "DESTROY"));
                case "NEW", "UPDATE", "DESTROY" -> events.add(event);
                case "UPDATES" -> events.add("UPDATE");
                default -> throw ConntrackException.parameter("Bad parameter `" + word + "'");
            }
        }
    }

    private void state(String text) throws ConntrackException {
        for (TcpTracker.State known : TcpTracker.State.values()) {
            if (known.name().equals(text)) {
                state = known;
                return;
            }
        }
        throw ConntrackException.parameter("unknown TCP state `" + text + "'");
    }

    /** A number as {@code strtoul} reads it, and nothing behind it; null if it is none. */
    private static @Nullable Long unsigned(String text) {
        try {
            return text.matches("[+-].*") || text.length() > 20 ? null : Long.decode(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static int number(String text) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Network network(String text) throws ConntrackException {
        int slash = text.indexOf('/');
        OptionalInt address = Resolver.parseAddress(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            throw ConntrackException.parameter("Invalid IP address `" + text + "'");
        }
        if (slash < 0) {
            return new Network(address.getAsInt(), -1);
        }
        String length = text.substring(slash + 1);
        OptionalInt mask = Ipv4.parse(length);
        if (mask.isPresent()) {
            return new Network(address.getAsInt(), mask.getAsInt());
        }
        if (!length.matches("\\d{1,2}") || Integer.parseInt(length) > 32) {
            throw ConntrackException.parameter("Invalid netmask");
        }
        return new Network(address.getAsInt(), Ipv4.mask(Integer.parseInt(length)));
    }
}
