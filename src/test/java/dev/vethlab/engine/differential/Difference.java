package dev.vethlab.engine.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A command that the two answered differently. */
record Difference(String command, String real, String emulated) {
    /** Between answers to the same commands, as far as they do not depend on speed, time or a tool's version. */
    static List<Difference> between(List<String> commands, List<String> real, List<String> emulated) {
        var differences = new ArrayList<Difference>();
        for (int i = 0; i < commands.size(); i++) {
            String command = commands.get(i);
            String expected = i < real.size() ? fold(command, real.get(i)) : "(no answer)";
            String actual = fold(command, emulated.get(i));
            if (!expected.equals(actual)) {
                differences.add(new Difference(command, expected, actual));
            }
        }
        return differences;
    }

    private static String fold(String command, String answer) {
        if (command.contains(" sysctl ") || command.startsWith("sysctl ") || command.endsWith("&")) {
            return "";
        }
        String folded = answer.replaceAll("(?m)^#.*\n?", "").replaceAll("(?m)^((?:tcp|udp|icmp) +\\d+) \\d+ ", "$1 T ")
                .replaceAll("\\b(?:id=\\d+|use=\\d+)\\b", "N").replaceAll("\\b(sport|dport)=(?:3276[89]|327[7-9]\\d|32[89]\\d\\d|3[3-9]"
                        + "\\d{3}|[45]\\d{4}|60\\d{3})\\b", "$1=EPHEMERAL").replaceAll("\\b(sport|dport)=5\\d{3}\\b", "$1=RANGE")
                .replaceAll("time \\d+ms", "time").replaceAll("time[= ][0-9.]+ ?ms", "time").replaceAll("(?m)^rtt .*$", "rtt")
                .replaceAll("(?m)^Error: Peer netns reference is invalid\\.\n?", "").stripTrailing();
        return command.endsWith("| sort") ? folded.lines().sorted().collect(Collectors.joining("\n")) : folded;
    }

    /** The lines that only one of them printed: {@code -} the kernel, {@code +} the emulator. */
    @Override
    public String toString() {
        return command + only("-", real, emulated) + only("+", emulated, real);
    }

    private static String only(String sign, String here, String there) {
        List<String> others = new ArrayList<>(there.lines().toList());
        return here.lines().filter(line -> !others.remove(line)).map(line -> "\n  " + sign + " " + line).collect(Collectors.joining());
    }
}
