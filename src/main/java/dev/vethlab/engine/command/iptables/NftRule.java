package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TcpMatch;
import dev.vethlab.engine.kernel.netfilter.match.UdpMatch;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.kernel.netfilter.target.MarkTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule of {@code iptables} as {@code nft} writes it: what iptables-nft put into the kernel as expressions, and of matches and targets
 * of xtables what their {@code xlate} functions say ({@code extensions/} of iptables).
 */
final class NftRule {
    /** Those without a translation: nft names them. */
    private static final List<String> OPAQUE = List.of("hashlimit", "physdev", "recent");

    /** Those that iptables-nft puts into expressions of nftables. */
    private static final List<String> NATIVE_MATCHES = List.of("tcp", "udp", "comment", "limit", "mark");

    private static final List<String> NATIVE_TARGETS = List.of("", "ACCEPT", "DROP", "RETURN");

    private static final List<String> LOG_LEVELS = List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");

    /** The rule says something of which it is not known how nft writes it. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown(String what) {
            super(what, null, false, false);
        }
    }

    private NftRule() {}

    /** Whether a match or target of xtables is in it ({@code nft_compat}), by which nft knows whose table it is. */
    static boolean isCompatible(RuleSpec spec) {
        return spec.matches().stream().anyMatch(match -> !NATIVE_MATCHES.contains(match.name()))
                || !(spec.target() instanceof JumpTarget) && !NATIVE_TARGETS.contains(spec.target().name());
    }

    static String text(Rule rule) {
        RuleSpec spec = rule.spec();
        List<String> parts = header(spec);
        for (Match match : spec.matches()) {
            String text = text(match, spec.header());
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        parts.add("counter packets " + rule.packets() + " bytes " + rule.bytes());
        String verdict = text(spec.target());
        if (!verdict.isEmpty()) {
            parts.add(verdict);
        }
        return String.join(" ", parts);
    }

    private static List<String> header(RuleSpec spec) {
        HeaderMatch header = spec.header();
        List<String> parts = new ArrayList<>();
        address(parts, "ip saddr ", header.source());
        address(parts, "ip daddr ", header.destination());
        device(parts, "iifname ", header.in());
        device(parts, "oifname ", header.out());
        HeaderMatch.Protocol protocol = header.protocol();
        if (protocol != null && !impliedBy(spec.matches(), protocol)) {
            parts.add("ip protocol " + (protocol.inverted() ? "!= " : "") + protocol.text());
        }
        if (header.fragment() != null) {
            throw new Unknown("-f");
        }
        return parts;
    }

    /** The ports of a protocol say which one it is, if they come right after it. */
    private static boolean impliedBy(List<Match> matches, HeaderMatch.Protocol protocol) {
        return !protocol.inverted() && !matches.isEmpty() && switch (matches.getFirst()) {
            case TcpMatch tcp -> protocol.number() == IpProtocol.TCP && !words(tcp).isEmpty();
            case UdpMatch udp -> protocol.number() == IpProtocol.UDP && !words(udp).isEmpty();
            default -> false;
        };
    }

    private static void address(List<String> parts, String what, HeaderMatch.@Nullable Address address) {
        if (address != null) {
            boolean one = address.mask() == -1;
            if (!one && Ipv4.mask(Integer.bitCount(address.mask())) != address.mask()) {
                throw new Unknown(address.text());
            }
            parts.add(what + (address.inverted() ? "!= " : "") + (one ? Ipv4.text(address.address()) : address.text()));
        }
    }

    private static void device(List<String> parts, String what, HeaderMatch.@Nullable Interface device) {
        if (device != null) {
            String name = device.name().endsWith("+") ? device.name().substring(0, device.name().length() - 1) + "*" : device.name();
            parts.add(what + (device.inverted() ? "!= " : "") + '"' + name + '"');
        }
    }

    // ---- matches ----

    /** Its options as {@code iptables -S} prints them. */
    private static List<String> words(Match match) {
        var out = new StringBuilder();
        match.save(out);
        return out.isEmpty() ? List.of() : List.of(out.substring(1).split(" "));
    }

    private static String text(Match match, HeaderMatch header) {
        if (OPAQUE.contains(match.name())) {
            return "xt match \"" + match.name() + '"';
        }
        List<String> words = words(match);
        return switch (match.name()) {
            case "tcp", "udp" -> ports(match.name(), words);
            case "comment" -> "comment " + quoted(String.join(" ", words.subList(1, words.size())));
            case "conntrack", "state" -> state(words);
            case "limit" -> limit(words);
            case "mark" -> mark(words);
            case "multiport" -> multiport(words, header);
            case "icmp" -> icmp(words);
            case "addrtype" -> addressType(words);
            case "length" -> only(words, "--length", "meta length ").replace(':', '-');
            case "mac" -> only(words, "--mac-source", "ether saddr ").toLowerCase(Locale.ROOT);
            case "iprange" -> only(words, words.getFirst().equals("--dst-range") ? "--dst-range" : "--src-range",
                    words.getFirst().equals("--dst-range") ? "ip daddr " : "ip saddr ");
            case "ttl" -> only(words, words.getFirst().equals("--ttl-gt") ? "--ttl-gt" : "--ttl-lt",
                    words.getFirst().equals("--ttl-gt") ? "ip ttl gt " : "ip ttl lt ");
            case "pkttype" -> only(words, "--pkt-type", "pkttype ");
            case "owner" -> only(words, "--uid-owner", "skuid ");
            default -> throw new Unknown("-m " + match.name());
        };
    }

    /** A match of just one option. */
    private static String only(List<String> words, String option, String what) {
        if (words.size() != 2 || !words.getFirst().equals(option)) {
            throw new Unknown(String.join(" ", words));
        }
        return what + words.getLast();
    }

    private static String quoted(String text) {
        return text.startsWith("\"") ? text : '"' + text + '"';
    }

    private static String ports(String protocol, List<String> words) {
        List<String> parts = new ArrayList<>();
        boolean inverted = false;
        for (int i = 0; i < words.size(); i++) {
            String operator = inverted ? "!= " : "";
            switch (words.get(i)) {
                case "!" -> {
                    inverted = true;
                    continue;
                }
                case "--sport" -> parts.add(protocol + " sport " + operator + words.get(++i).replace(':', '-'));
                case "--dport" -> parts.add(protocol + " dport " + operator + words.get(++i).replace(':', '-'));
                case "--tcp-flags" -> parts.add(flags(words.get(++i), words.get(++i), inverted));
                default -> throw new Unknown(words.get(i));
            }
            inverted = false;
        }
        return String.join(" ", parts);
    }

    private static String flags(String mask, String set, boolean inverted) {
        if (inverted || set.contains(",") || !mask.contains(",")) {
            throw new Unknown("--tcp-flags " + mask + " " + set);
        }
        String names = mask.toLowerCase(Locale.ROOT);
        return set.equals("NONE") ? "tcp flags ! " + names
                : "tcp flags & (" + names.replace(",", " | ") + ") == " + set.toLowerCase(Locale.ROOT);
    }

    private static String state(List<String> words) {
        boolean inverted = words.getFirst().equals("!");
        List<String> rest = inverted ? words.subList(1, words.size()) : words;
        if (rest.size() != 2 || !List.of("--ctstate", "--state").contains(rest.getFirst()) || rest.getLast().contains("NAT")) {
            throw new Unknown("-m conntrack " + String.join(" ", words));
        }
        return "ct state " + (inverted ? "! " : "") + rest.getLast().toLowerCase(Locale.ROOT);
    }

    private static String limit(List<String> words) {
        String burst = words.size() > 3 ? words.get(3) : "5";
        String[] rate = words.get(1).split("/");
        String unit = switch (rate[1]) {
            case "sec" -> "second";
            case "min" -> "minute";
            default -> rate[1];
        };
        return "limit rate " + rate[0] + "/" + unit + " burst " + burst + " packets";
    }

    private static String mark(List<String> words) {
        boolean inverted = words.getFirst().equals("!");
        String[] value = words.getLast().split("/");
        String wanted = hexadecimal(value[0]);
        return value.length > 1 ? "meta mark & " + hexadecimal(value[1]) + (inverted ? " != " : " == ") + wanted
                : "meta mark " + (inverted ? "!= " : "") + wanted;
    }

    private static String hexadecimal(String number) {
        return String.format("0x%08x", Long.decode(number));
    }

    private static String multiport(List<String> words, HeaderMatch header) {
        boolean inverted = words.getFirst().equals("!");
        String option = words.get(words.size() - 2);
        HeaderMatch.Protocol protocol = header.protocol();
        if (option.equals("--ports") || protocol == null) {
            throw new Unknown("-m multiport " + option);
        }
        return protocol.text() + (option.equals("--sports") ? " sport " : " dport ") + (inverted ? "!= " : "")
                + "{ " + words.getLast().replace(':', '-').replace(",", ", ") + " }";
    }

    private static String icmp(List<String> words) {
        boolean inverted = words.getFirst().equals("!");
        String type = words.getLast();
        if (type.contains("/")) {
            return "xt match \"icmp\"";
        }
        return "icmp type " + (inverted ? "!= " : "") + switch (type) {
            case "0" -> "echo-reply";
            case "3" -> "destination-unreachable";
            case "4" -> "source-quench";
            case "5" -> "redirect";
            case "8" -> "echo-request";
            case "11" -> "time-exceeded";
            case "12" -> "parameter-problem";
            case "13" -> "timestamp-request";
            case "14" -> "timestamp-reply";
            default -> throw new Unknown("--icmp-type " + type);
        };
    }

    /** A source alone is told where there are both. */
    private static String addressType(List<String> words) {
        int at = words.contains("--src-type") ? words.indexOf("--src-type") : words.indexOf("--dst-type");
        String types = at < 0 ? "," : words.get(at + 1);
        if (types.contains(",") || words.stream().anyMatch(word -> word.startsWith("--limit"))) {
            throw new Unknown("-m addrtype " + String.join(" ", words));
        }
        boolean inverted = at > 0 && words.get(at - 1).equals("!");
        return "fib " + (words.get(at).equals("--src-type") ? "saddr" : "daddr") + " type " + (inverted ? "!= " : "")
                + types.toLowerCase(Locale.ROOT);
    }

    // ---- targets ----

    private static String text(Target target) {
        var out = new StringBuilder();
        target.save(out);
        String options = out.toString().strip();
        return switch (target.name()) {
            case "" -> "";
            case "ACCEPT", "DROP", "RETURN" -> target.name().toLowerCase(Locale.ROOT);
            case "MASQUERADE" -> nat("masquerade", options, "--to-ports ", " to :");
            case "REDIRECT" -> nat("redirect", options, "--to-ports ", " to :");
            case "SNAT" -> nat("snat", options, "--to-source ", " to ");
            case "DNAT" -> nat("dnat", options, "--to-destination ", " to ");
            case "REJECT" -> "reject" + rejection(options.substring(options.indexOf(' ') + 1));
            case "LOG" -> log(options);
            case "MARK" -> markChange((MarkTarget) target);
            case "TCPMSS" -> "tcp option maxseg size set " + (options.startsWith("--clamp") ? "rt mtu" : options.split(" ")[1]);
            case "CT", "NOTRACK" -> "notrack";
            default -> {
                if (!(target instanceof JumpTarget jump)) {
                    throw new Unknown("-j " + target.name());
                }
                yield (jump.goTo() ? "goto " : "jump ") + jump.chain();
            }
        };
    }

    private static String rejection(String with) {
        return switch (with) {
            case "icmp-port-unreachable" -> "";
            case "tcp-reset" -> " with tcp reset";
            case "icmp-proto-unreachable" -> " with icmp type prot-unreachable";
            default -> " with icmp type " + with.substring("icmp-".length());
        };
    }

    private static String nat(String statement, String options, String range, String to) {
        String text = options.replace(range, to.substring(1));
        if (text.contains("--") && !text.endsWith("--random")) {
            throw new Unknown(options);
        }
        return text.isEmpty() ? statement : statement + " " + text.replace("--random", "random");
    }

    private static String log(String options) {
        var text = new StringBuilder("log");
        String rest = options;
        if (rest.startsWith("--log-prefix ")) {
            int end = rest.charAt(13) == '"' ? rest.indexOf('"', 14) + 1 : rest.indexOf(' ', 13) < 0 ? rest.length() : rest.indexOf(' ', 13);
            text.append(" prefix ").append(quoted(rest.substring(13, end)));
            rest = rest.substring(end).strip();
        }
        for (String option : rest.isEmpty() ? new String[0] : rest.split(" (?=--)")) {
            if (option.startsWith("--log-level ")) {
                text.append(" level ").append(LOG_LEVELS.get(Integer.parseInt(option.substring(12))));
            } else if (option.equals("--log-uid")) {
                text.append(" flags skuid");
            } else {
                throw new Unknown(option);
            }
        }
        return text.toString();
    }

    private static String markChange(MarkTarget target) {
        String value = String.format("0x%x", target.mark());
        String change = target.mask() == -1 ? value
                : target.mark() == target.mask() ? "mark or " + value
                : target.mark() == 0 ? String.format("mark and 0x%x", ~target.mask())
                : target.mask() == 0 ? "mark xor " + value
                : String.format("mark and 0x%x xor %s", ~target.mask(), value);
        return "meta mark set " + change;
    }
}
