package dev.vethlab.transcript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what differs from one recording to the next by placeholders numbered by first appearance, so that the same thing must
 * still be the same thing everywhere. One folder sees all output of one transcript, in order.
 */
final class Folder {
    private record Named(Pattern pattern, String kind) {}

    private record Fixed(Pattern pattern, String by) {}

    private static final List<Named> NAMED = List.of(
            named("\\b[0-9a-f]{64}\\b", "id"),
            named("\\bsha256:[0-9a-f]{12,64}\\b", "sha"),
            named("\\bbr-[0-9a-f]{12}\\b", "br"),
            named("(?<![-\\w:.])[0-9a-f]{12}(?![-\\w:])", "id"),
            named("\\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\\b", "mac"),
            named("\\bfe80::[0-9a-f:]+\\b", "ll"),
            named("\\bveth[0-9a-f]{7}\\b", "veth"));

    private static final List<Fixed> FIXED = List.of(
            // a machine may send reports of its own (IGMP), so a policy's own counters are not repeatable
            fixed("\\(policy (\\w+) \\d+ packets, \\d+ bytes\\)", "(policy $1)"),
            fixed("eth0@if\\d+", "eth0"),
            fixed("endpoint [a-z]+_[a-z]+ ", "endpoint NAME "),
            fixed("\\b8000\\.[0-9a-f]{12}\\b", "8000.MAC"),
            fixed("\\b\\d+\\.\\d+ms\\b", "Tms"),
            fixed("@if\\d+", "@if"),
            fixed("^(\\s*)\\d+: (?=[\\w.-]+[@:])", "$1N: "),
            fixed("link-netnsid \\d+", "link-netnsid N"),
            fixed("link-netns \\S+", "link-netnsid N"),
            fixed("time[=<][\\d.]+ ?ms", "time=T ms"),
            fixed("^rtt min/avg/max/mdev = .*", "rtt"),
            fixed("time \\d+ms", "time T"),
            fixed(", pipe \\d+", ""),
            fixed("\\b(?:3276[89]|327[7-9]\\d|32[89]\\d\\d|3[3-9]\\d{3}|[45]\\d{4}|60\\d{3})\\b", "EPHEMERAL"),
            fixed("\\b\\d+ (?:seconds?|minutes?|hours?|milliseconds?|ms)\\b", "T"),
            fixed("About an? (?:minute|hour)", "T"),
            fixed("Less than a second", "T"),
            fixed("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?", "DATE"),
            fixed("after \\d+ ms", "after T ms"),
            fixed("^((?:tcp|udp|icmp)\\s+\\d+) \\d+ ", "$1 T "),
            fixed("\\bid=\\d+\\b", "id=N"),
            fixed("\\bid \\d+, ", "id N, "),
            fixed("\\b(seq|ack) \\d{5,}(:\\d+)?", "$1 N"),
            fixed("\\bwin \\d+", "win N"),
            fixed("TS val \\d+ ecr \\d+", "TS"),
            fixed("\\bcksum 0x[0-9a-f]+", "cksum"),
            fixed("\\[pid \\d+\\]", "[pid N]"),
            fixed("pid=\\d+", "pid=N"),
            fixed("^# (Generated|Completed).*", "# $1"),
            fixed("used \\d+(/\\d+)*", "used T"),
            fixed("\\d\\d:\\d\\d:\\d\\d\\.\\d{6}", "TIME"),
            fixed(
                    "timer_rebase|hello_timer +[\\d.]+|tcn_timer +[\\d.]+|topology_change_timer +[\\d.]+|gc_timer +[\\d.]+",
                    "timer"),
            fixed("use=\\d+", "use"),
            fixed("expires \\d+sec", "expires"),
            fixed("\\s+", " "),
            fixed("\\s+$", ""));

    private final Map<String, Map<String, String>> seen = new HashMap<>();

    String line(String line) {
        String folded = line;
        for (Named rule : NAMED) {
            folded = rule.pattern.matcher(folded).replaceAll(match -> Matcher.quoteReplacement(placeholder(rule.kind, match.group())));
        }
        for (Fixed rule : FIXED) {
            folded = rule.pattern.matcher(folded).replaceAll(rule.by);
        }
        return folded;
    }

    List<String> lines(List<String> lines) {
        return lines.stream().map(this::line).toList();
    }

    private String placeholder(String kind, String value) {
        return switch (kind) {
            case "br" -> "br-" + placeholder("id", value.substring(3));
            case "id" -> number(kind, value.substring(0, 12));
            case "mac" -> isFixedMac(value) ? value : number(kind, value);
            default -> number(kind, value);
        };
    }

    private static boolean isFixedMac(String mac) {
        return mac.equals("ff:ff:ff:ff:ff:ff") || mac.equals("00:00:00:00:00:00") || mac.startsWith("52:54:00:00:");
    }

    private String number(String kind, String value) {
        Map<String, String> table = seen.computeIfAbsent(kind, k -> new HashMap<>());
        return table.computeIfAbsent(value, v -> "<" + kind + (table.size() + 1) + ">");
    }

    private static Named named(String pattern, String kind) {
        return new Named(compile(pattern), kind);
    }

    private static Fixed fixed(String pattern, String by) {
        return new Fixed(compile(pattern), by);
    }

    private static Pattern compile(String pattern) {
        return Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    }
}
