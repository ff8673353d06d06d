package dev.vethlab.engine.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The machine the tests run on, in network, mount and process namespaces that end with the last command.
 *
 * <p>With {@code -Droot=DIRECTORY} the tools are taken from a root file system there, say of the distribution whose iptables is meant.
 */
final class RealMachine {
    private static final String END_OF_ANSWER = "\u0001";
    private static final String TOOLS =
            "for tool in ip iptables iptables-save conntrack nc ping sysctl timeout; do "
            + "command -v $tool >/dev/null || { echo no $tool; exit 1; }; done; "
            + "iptables -t nat -A POSTROUTING -m conntrack --ctstate NEW -j MASQUERADE && ip netns add n1 && ip netns exec n1 true";

    private RealMachine() {}

    /** Why nothing can be asked of this machine, or null if it can be. */
    static @Nullable String obstacle() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/proc/self/ns/net"))) {
            return "this is no Linux";
        }
        List<String> answers;
        try {
            answers = run(List.of("(" + TOOLS + ")"));
        } catch (IOException e) {
            return e.getMessage();
        }
        if (answers.isEmpty()) {
            return "namespaces need root";
        }
        if (!answers.getFirst().isEmpty()) {
            return answers.getFirst().replace("\n", " ");
        }
        return countsPolicies() ? null
                : "its iptables and ping are older than those emulated and print other things; -Droot=DIRECTORY takes newer ones";
    }

    /** Whether this iptables makes chains that count what their policy decides: those of {@code iptables-restore} did not before 1.8.10. */
    private static boolean countsPolicies() throws IOException, InterruptedException {
        return !run(List.of("printf '*filter\\n-A INPUT -j ACCEPT\\nCOMMIT\\n' | iptables-restore --noflush", "ping -c 1 127.0.0.1",
                "iptables-save -c")).getLast().contains(":OUTPUT ACCEPT [0:0]");
    }

    /** What each command printed, less the last newline, and {@code [N]} if it failed. */
    static List<String> run(List<String> commands) throws IOException, InterruptedException {
        var script = new StringBuilder("mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mount -t sysfs sysfs /sys || exit 1\n");
        script.append("ip link set lo up\n");
        script.append("sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null\n");
        for (String command : commands) {
            script.append(withoutSnooping(command)).append("\nprintf '[%d]\\001' $?\n");
        }
        Path output = Files.createTempFile("answers", ".txt");
        try {
            Process process = new ProcessBuilder(
                    "unshare", "-n", "-m", "-p", "--fork", "--kill-child", "--propagation", "private",
                    "sh", "-c", "mount --bind \"$0\" \"$0\" && cd \"$0\" && exec chroot . /bin/sh -c \"$1\"",
                    System.getProperty("root", "/"), script.toString())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the commands hang: " + Files.readString(output, StandardCharsets.ISO_8859_1));
            }
            return answers(Files.readString(output, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(output);
        }
    }

    /** The emulator's bridges do not snoop multicast, so they send no IGMP reports either. */
    private static String withoutSnooping(String command) {
        return command.replace("type bridge", "type bridge mcast_snooping 0");
    }

    private static List<String> answers(String output) {
        var answers = new ArrayList<String>();
        int start = 0;
        for (int end = output.indexOf(END_OF_ANSWER); end >= 0; end = output.indexOf(END_OF_ANSWER, start)) {
            String answer = output.substring(start, end);
            int status = answer.lastIndexOf('[');
            String text = answer.substring(0, status).stripTrailing();
            String tail = answer.substring(status);
            answers.add(tail.equals("[0]") ? text : text + (text.isEmpty() ? "" : "\n") + tail);
            start = end + 1;
        }
        return answers;
    }
}
