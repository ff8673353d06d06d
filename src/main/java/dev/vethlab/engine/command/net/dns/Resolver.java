package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code getaddrinfo} and {@code getnameinfo} as glibc has them with {@code hosts: files dns}: first {@code /etc/hosts}, then the servers
 * of {@code /etc/resolv.conf}, asked by real packets.
 */
public final class Resolver {
    private Resolver() {}

    /** What became of a name. */
    public sealed interface Result {}

    /** @param addresses at least one; {@code canonical} is the name that they were found under */
    public record Found(List<Integer> addresses, String canonical) implements Result {}

    /** @param message what {@code gai_strerror} says */
    public record NotFound(String message) implements Result {
        /** Whether it may be found another time: no server gave an answer that counts. */
        public boolean isTemporary() {
            return this == TRY_AGAIN;
        }
    }

    private static final NotFound UNKNOWN = new NotFound("Name or service not known");
    private static final NotFound NO_ADDRESS = new NotFound("No address associated with hostname");
    private static final NotFound TRY_AGAIN = new NotFound("Temporary failure in name resolution");

    /** The addresses of a host; asks for IPv6 ones, too, as programs do that would take either. */
    public static Result lookup(EmulatedProcess self, String host) {
        return lookup(self, host, true);
    }

    /** The addresses of a host. {@code both} asks name servers for AAAA as well as A ({@code AF_UNSPEC}). */
    public static Result lookup(EmulatedProcess self, String host, boolean both) {
        return lookup(self, host, List.of(both ? List.of(DnsType.A, DnsType.AAAA) : List.of(DnsType.A)));
    }

    /** The same for who asks one family after the other, IPv6 first ({@code gethostbyname2}). */
    static Result lookupByFamily(EmulatedProcess self, String host) {
        return lookup(self, host, List.of(List.of(DnsType.AAAA), List.of(DnsType.A)));
    }

    /** {@code rounds}: the types that are asked for at once, in turn until one has an answer. */
    private static Result lookup(EmulatedProcess self, String host, List<List<Integer>> rounds) {
        OptionalInt numeric = parseAddress(host);
        if (numeric.isPresent()) {
            return new Found(List.of(numeric.getAsInt()), host);
        }
        if (host.isEmpty() || host.contains(":")) {
            return UNKNOWN;
        }
        List<HostsFile.Entry> known = HostsFile.read(self).byName(host);
        if (!known.isEmpty()) {
            return new Found(known.stream().map(HostsFile.Entry::address).toList(), known.getFirst().names().getFirst());
        }
        Result result = UNKNOWN;
        for (List<Integer> types : rounds) {
            result = ask(self, host, types);
            if (result instanceof Found) {
                break;
            }
        }
        return result;
    }

    private static Result ask(EmulatedProcess self, String host, List<Integer> types) {
        ResolverConfiguration configuration = ResolverConfiguration.read(self);
        Result last = UNKNOWN;
        for (String name : configuration.candidates(host)) {
            List<DnsMessage> answers;
            try {
                answers = new DnsClient(self, configuration).ask(name, types);
            } catch (KernelException e) {
                return TRY_AGAIN;
            }
            if (answers.isEmpty()) {
                return TRY_AGAIN;
            }
            Found found = addresses(name, answers);
            if (found != null) {
                return found;
            }
            boolean exists = answers.stream().anyMatch(a -> a.rcode() == DnsMessage.NOERROR);
            boolean failed = answers.stream().anyMatch(a -> a.rcode() == DnsMessage.SERVFAIL || a.rcode() == DnsMessage.REFUSED);
            // res_search: that a server failed once outweighs what later candidates are not
            last = failed || last == TRY_AGAIN ? TRY_AGAIN : exists ? NO_ADDRESS : UNKNOWN;
        }
        return last;
    }

    private static @Nullable Found addresses(String name, List<DnsMessage> answers) {
        var addresses = new ArrayList<Integer>();
        String canonical = name;
        for (DnsMessage answer : answers) {
            for (DnsRecord record : answer.answers()) {
                if (record.data() instanceof DnsRecord.Address a) {
                    addresses.add(a.address());
                    canonical = record.name();
                }
            }
        }
        return addresses.isEmpty() ? null : new Found(addresses, canonical);
    }

    /** The name of an address, or null if it has none. */
    public static @Nullable String reverse(EmulatedProcess self, int address) {
        return reverseLookup(self, address) instanceof Found found ? found.canonical() : null;
    }

    /** Looks up the name of an address ({@code getnameinfo}): found as the canonical name. */
    public static Result reverseLookup(EmulatedProcess self, int address) {
        HostsFile.Entry known = HostsFile.read(self).byAddress(address);
        if (known != null) {
            return new Found(List.of(address), known.names().getFirst());
        }
        List<DnsMessage> answers;
        try {
            answers = new DnsClient(self, ResolverConfiguration.read(self)).ask(DnsMessage.reverseName(address), List.of(DnsType.PTR));
        } catch (KernelException e) {
            return TRY_AGAIN;
        }
        for (DnsMessage answer : answers) {
            for (DnsRecord record : answer.answers()) {
                if (record.type() == DnsType.PTR && record.data() instanceof DnsRecord.Name name) {
                    return new Found(List.of(address), name.name());
                }
            }
        }
        boolean answered = answers.stream().anyMatch(a -> a.rcode() == DnsMessage.NOERROR || a.rcode() == DnsMessage.NXDOMAIN);
        return answered ? UNKNOWN : TRY_AGAIN;
    }

    /** An address as inet_aton(3) takes it: {@code 127.1} and {@code 0x7f.1} included. */
    public static OptionalInt parseAddress(String text) {
        OptionalInt plain = Ipv4.parse(text);
        if (plain.isPresent() || text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            return plain;
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return OptionalInt.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long value = number(parts[i]);
            int bitsLeft = 32 - 8 * i;
            boolean last = i == parts.length - 1;
            if (value < 0 || value >= 1L << (last ? bitsLeft : 8)) {
                return OptionalInt.empty();
            }
            address |= last ? value : value << bitsLeft - 8;
        }
        return OptionalInt.of((int) address);
    }

    private static long number(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
            boolean digits = !text.isEmpty() && text.length() < 12 && text.chars().allMatch(Character::isDigit);
            return digits ? Long.parseLong(text, text.length() > 1 && text.startsWith("0") ? 8 : 10) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
