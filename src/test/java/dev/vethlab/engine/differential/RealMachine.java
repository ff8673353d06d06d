package dev.vethlab.engine.differential;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine the tests run on, in network, mount and process namespaces that end with the last command.
 *
 * @param root the root file system that the tools come from: {@code -Droot=DIRECTORY}, else the machine's own, else, if those tools are
 *         missing or too old, one that {@code .ci/debian-root} brings from a Debian mirror
 */
record RealMachine(String root) {
    /** What the commands printed, and when each of them had ended, in nanoseconds since the machine started. */
    record Session(List<String> answers, List<Long> ends) {}

    private static final String END_OF_ANSWER = "\u0001";
    private static final Version EMULATED = Version.parse("1.8.13");
    private static final String BROUGHT = "target/debian-root";
    private static final String TOOLS =
            "for tool in ip iptables iptables-save conntrack nc ping sysctl timeout; do "
            + "command -v $tool >/dev/null || { echo no $tool; exit 1; }; done; "
            + "iptables -t nat -A POSTROUTING -m conntrack --ctstate NEW -j MASQUERADE && ip netns add n1 && ip netns exec n1 true";

    /** The machine to compare with; where there is none the test is skipped, and says why. */
    static RealMachine orSkip() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/proc/self/ns/net"))) {
            return skip("this is no Linux");
        }
        var machine = new RealMachine(System.getProperty("root", "/"));
        if (!machine.isEnterable()) {
            return skip("namespaces need root");
        }
        String obstacle = machine.obstacle();
        if (obstacle != null && System.getProperty("root") == null) {
            String failure = bring();
            machine = new RealMachine(BROUGHT);
            obstacle = failure == null ? machine.obstacle() : obstacle + "; newer ones could not be brought: " + failure;
        }
        return obstacle == null ? machine : skip(obstacle);
    }

    private static RealMachine skip(String reason) {
        return Assumptions.abort("not compared with the running kernel: " + reason);
    }

    private boolean isEnterable() throws IOException, InterruptedException {
        return !run(List.of("true")).answers().isEmpty();
    }

    /** Why these tools are none to compare with, or null if they are. */
    private @Nullable String obstacle() throws IOException, InterruptedException {
        String answer = run(List.of("(" + TOOLS + ")")).answers().getFirst();
        if (!answer.isEmpty()) {
            return answer.replace("\n", " ");
        }
        String version = run(List.of("iptables --version")).answers().getFirst().replaceFirst("iptables v([0-9.]+).*", "$1");
        return Version.parse(version).compareTo(EMULATED) >= 0 ? null
                : "iptables " + version + " and its like are older than those emulated and print other things";
    }

    /** Brings the tools of the Debian that is emulated; the answer is why that failed, or null. */
    private static @Nullable String bring() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("timeout", "120", ".ci/debian-root", BROUGHT).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? null : output.isBlank() ? "no answer from the mirror" : output.lines().findFirst().orElseThrow();
    }

    /** What each command printed is less the last newline, and has {@code [N]} at its end if it failed. */
    Session run(List<String> commands) throws IOException, InterruptedException {
        var script = new StringBuilder("mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mount -t sysfs sysfs /sys || exit 1\n");
        script.append("ip link set lo up\n");
        script.append("sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null\n");
        for (String command : commands) {
            script.append(command).append("\nstatus=$?; read -r up rest < /proc/uptime; printf '[%d %s]\\001' $status $up\n");
        }
        Path output = Files.createTempFile("answers", ".txt");
        try {
            Process process = new ProcessBuilder(
                    "unshare", "-n", "-m", "-p", "--fork", "--kill-child", "--propagation", "private",
                    "sh", "-c", "mount --bind \"$0\" \"$0\" && mount --bind /dev \"$0/dev\" && cd \"$0\" && exec chroot . /bin/sh -c \"$1\"",
                    root, script.toString())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the commands hang: " + Files.readString(output, StandardCharsets.ISO_8859_1));
            }
            return session(Files.readString(output, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(output);
        }
    }

    private static Session session(String output) {
        var answers = new ArrayList<String>();
        var ends = new ArrayList<Long>();
        int start = 0;
        for (int end = output.indexOf(END_OF_ANSWER); end >= 0; end = output.indexOf(END_OF_ANSWER, start)) {
            String answer = output.substring(start, end);
            int at = answer.lastIndexOf('[');
            String text = answer.substring(0, at).stripTrailing();
            String[] tail = answer.substring(at + 1, answer.length() - 1).split(" ");
            answers.add(tail[0].equals("0") ? text : text + (text.isEmpty() ? "" : "\n") + "[" + tail[0] + "]");
            ends.add(Math.round(Double.parseDouble(tail[1]) * 1e9));
            start = end + 1;
        }
        return new Session(answers, ends);
    }
}
