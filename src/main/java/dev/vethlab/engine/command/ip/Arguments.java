package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a command, taken one by one, and read as {@code lib/utils.c} reads them. */
public final class Arguments {
    private static final Pattern OCTET = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{1,8})");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,8}");

    private final List<String> words;
    private int at;

    public Arguments(List<String> words) {
        this.words = words;
    }

    public boolean hasNext() {
        return at < words.size();
    }

    /** The next word, left where it is. */
    public String peek() {
        return words.get(at);
    }

    /** Takes the next word ({@code NEXT_ARG}). @throws IpFailure if there is none */
    public String next() {
        if (!hasNext()) {
            throw IpFailure.incomplete();
        }
        return words.get(at++);
    }

    /** Takes the next word if it is {@code word}. */
    public boolean take(String word) {
        if (hasNext() && peek().equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** All that is left. */
    public List<String> rest() {
        return words.subList(at, words.size());
    }

    /** Whether {@code word} is {@code keyword} or an abbreviation of it ({@code matches}). */
    public static boolean matches(String word, String keyword) {
        return !word.isEmpty() && keyword.startsWith(word);
    }

    /** Whether {@code word} is one of the keywords or an abbreviation of one. */
    public static boolean matchesAny(String word, String... keywords) {
        for (String keyword : keywords) {
            if (matches(word, keyword)) {
                return true;
            }
        }
        return false;
    }

    /** The next word as a number of 32 bits, decimal or hexadecimal; otherwise the failure {@code what}. */
    public long unsigned(String what) {
        String word = next();
        return number(word, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(word, what));
    }

    /** A number from 0 to {@code max}, as {@code strtoul} with base 0 reads it. */
    public static OptionalLong number(String word, long max) {
        long value;
        if (HEXADECIMAL.matcher(word).matches()) {
            value = Long.parseLong(word.substring(2), 16);
        } else if (DECIMAL.matcher(word).matches()) {
            value = word.length() > 1 && word.startsWith("0") && word.chars().allMatch(c -> c < '8')
                    ? Long.parseLong(word, 8)
                    : Long.parseLong(word);
        } else {
            return OptionalLong.empty();
        }
        return value <= max ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The next word as {@code on} or {@code off} ({@code parse_on_off}). */
    public boolean onOff(String key) {
        String word = next();
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw IpFailure.notOneOf(key, word, "\"on\" or \"off\"");
        };
    }

    /** The same as {@code parse_on_off} says it. */
    public boolean oneOfOffOn(String key, int status) {
        String word = next();
        if (!word.equals("on") && !word.equals("off")) {
            throw new IpFailure(status, IpFailure.notOneOf(key, word, "one of \"off\", \"on\"").getMessage());
        }
        return word.equals("on");
    }

    /** A link-layer address ({@code ll_addr_a2n}). */
    public long linkAddress() {
        String word = next();
        List<Integer> octets = linkOctets(word);
        if (octets.size() != 6) {
            throw new IpFailure(1, "Invalid address length " + octets.size() + " - must be 6 bytes");
        }
        long mac = 0;
        for (int octet : octets) {
            mac = mac << 8 | octet;
        }
        return mac;
    }

    /** Hexadecimal octets between colons; what follows a number's digits is not looked at, as {@code sscanf} does not. */
    public static List<Integer> linkOctets(String word) {
        var octets = new ArrayList<Integer>();
        for (String part : word.split(":", -1)) {
            Matcher digits = OCTET.matcher(part);
            if (!digits.lookingAt()) {
                throw new IpFailure(1, "\"" + part + "\" is invalid lladdr.");
            }
            long value = Long.parseLong(digits.group(1), 16);
            if (value > 255) {
                throw new IpFailure(1, "\"" + part + "\" is invalid lladdr.");
            }
            octets.add((int) value);
        }
        return octets;
    }

    /** An IPv4 address of one to four parts; the missing ones are 0 ({@code get_addr_ipv4}). */
    public static OptionalInt address(String word) {
        String[] parts = word.split("\\.", -1);
        if (parts.length > 4) {
            return OptionalInt.empty();
        }
        int address = 0;
        for (int i = 0; i < parts.length; i++) {
            OptionalLong part = number(parts[i], 255);
            if (part.isEmpty()) {
                return OptionalInt.empty();
            }
            address |= (int) part.getAsLong() << (24 - 8 * i);
        }
        return OptionalInt.of(address);
    }

    /** The next word as an IPv4 address; {@code kind} is what was expected. */
    public int address(Words kind) {
        String word = next();
        refuseIpv6(word);
        return address(word).orElseThrow(() -> new IpFailure(1, "Error: " + kind.text + " is expected rather than \"" + word + "\"."));
    }

    /** How a message calls what it wanted. */
    public enum Words {
        INET_ADDRESS("inet address"),
        ANY_ADDRESS("any valid address");

        private final String text;

        Words(String text) {
            this.text = text;
        }
    }

    /** IPv6 addresses are well-formed words, but nothing here speaks IPv6. */
    public static void refuseIpv6(String word) {
        if (word.contains(":")) {
            throw new NotEmulated("IPv6 addresses and routes are not emulated");
        }
    }

    /** Ends the command with {@code vethlab:} and exit status 95. */
    public static final class NotEmulated extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NotEmulated(String what) {
            super(what, null, false, false);
        }
    }

    /**
     * An address with a prefix length ({@code inet_prefix}).
     *
     * @param explicit whether the length was written
     */
    public record Prefix(int address, int length, boolean explicit) {
        public String text() {
            return length == 0 ? "default" : Ipv4.text(address) + (length == 32 ? "" : "/" + length);
        }
    }

    /** The next word as a prefix ({@code get_prefix}). */
    public Prefix prefix() {
        return prefix(next());
    }

    /** {@code default}, an address, or an address with a prefix length or netmask. */
    public static Prefix prefix(String word) {
        return prefix(word, "any valid prefix");
    }

    /** The same where the address family is known, by an option or an address before it, or not yet ({@code family_name_verbose}). */
    static Prefix prefix(String word, boolean familyKnown) {
        return prefix(word, familyKnown ? "inet prefix" : "any valid prefix");
    }

    /** The same; {@code expected} is what a message says was wanted. */
    static Prefix prefix(String word, String expected) {
        if (word.equals("default") || word.equals("any") || word.equals("all")) {
            return new Prefix(0, 0, false);
        }
        refuseIpv6(word);
        int slash = word.indexOf('/');
        OptionalInt address = address(slash < 0 ? word : word.substring(0, slash));
        int length = slash < 0 ? 32 : prefixLength(word.substring(slash + 1));
        if (address.isEmpty() || length < 0) {
            throw new IpFailure(1, "Error: " + expected + " is expected rather than \"" + word + "\".");
        }
        return new Prefix(address.getAsInt(), length, slash >= 0);
    }

    private static int prefixLength(String text) {
        OptionalLong number = number(text, 32);
        if (number.isPresent()) {
            return (int) number.getAsLong();
        }
        OptionalInt mask = Ipv4.parse(text);
        int length = mask.isPresent() ? Integer.bitCount(mask.getAsInt()) : -1;
        return length >= 0 && Ipv4.mask(length) == mask.getAsInt() ? length : -1;
    }
}
