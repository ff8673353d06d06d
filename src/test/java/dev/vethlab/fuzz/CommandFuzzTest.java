package dev.vethlab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Command lines that are nearly right, typed into a session: of the shell, ip, iptables, docker, Compose, tcpdump and everything else that
 * the recordings type. Whatever is typed, an ordinary answer comes, and the session goes on.
 */
@Tag("fuzz")
class CommandFuzzTest {
    private static final int COMMANDS = Integer.getInteger("fuzz.commands", 3000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int COMMANDS_A_SESSION = 100;
    private static final int PATIENCE_SECONDS = 60;
    private static final SessionLimits LIMITS = new SessionLimits(
            100, 50, 10_000, 8, 8, 2_000, 1 << 20, 100_000, 20_000, Duration.ofSeconds(20),
            WorldLimits.DEFAULT);

    /** What the recordings have little of: Compose files, capture filters, the shell's own language. */
    private static final List<String> MORE = List.of(
            compose("services:\n  web:\n    image: my-app\n    ports: [\"5001:5001\", \"127.0.0.1:53:53/udp\"]\n    networks:\n"
                    + "      front:\n        aliases: [w]\n"
                    + "networks:\n  front:\n    ipam:\n      config:\n        - subnet: 10.9.0.0/24"),
            compose("x: &x\n  restart: always\nservices:\n  db: {<<: *x, image: alpine, command: [sleep, inf], depends_on: {web: {condition: service_started}}}\n"
                    + "  web:\n    image: ${IMAGE:-nginx}\n    environment:\n      - A=$$B\n    volumes:\n      - data:/data:ro\nvolumes:\n  data:"),
            "timeout 1 tcpdump -nn -i any -c 1 'tcp[13] & 2 != 0 and not (host 10.0.0.1 or net 192.168.0.0/16) and greater 60'",
            "timeout 1 tcpdump -e -i lo 'icmp[icmptype] == icmp-echo or (udp and src portrange 1-1024) or ether host 52:54:00:00:01:10 or vlan 5'",
            "for i in 1 2 {a..c}; do case $i in [0-9]) echo ${i:-x} ${#i} ${i//1/2} $((i<<2|1));; *) printf '%-5s|%03d\\n' \"$i\" 7;; esac; done | sort -r | head -2",
            "f() { local x=$1; [[ $x =~ ^a(.*)$ && -n ${BASH_REMATCH[1]} ]] && echo \"${BASH_REMATCH[@]}\" || return 3; }; f abc; a=(1 2 3); echo ${a[@]:1} $?",
            "iptables-restore <<< $'*nat\\n:PREROUTING ACCEPT [0:0]\\n-A PREROUTING -p tcp -m multiport --dports 80,443 -j DNAT --to-destination 10.0.0.1-10.0.0.9:80\\nCOMMIT'",
            "echo '{\"a\":[1,{\"b\":null}]}' | jq '.a[] | objects | .b // \"x\" | @base64'");

    private final List<String> defects = Collections.synchronizedList(new ArrayList<>());

    private static String compose(String file) {
        return "cat > compose.yaml << 'EOF'\n" + file + "\nEOF\ndocker compose config && docker compose up -d && docker compose down";
    }

    /** Remembers the emulation's own failures. */
    private final class Watcher implements SessionObserver {
        @Override
        public void failed(RuntimeException defect) {
            var text = new StringWriter();
            defect.printStackTrace(new PrintWriter(text));
            defects.add(text.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(WorldKind.class)
    void whateverIsTypedAnOrdinaryAnswerComes(WorldKind world) throws Exception {
        var mutator = new Mutator(corpus(), SEED + world.ordinal());
        Map<String, String> found = new TreeMap<>();
        try (var sessions = new Sessions(new InMemorySessionStore(), LIMITS, new Watcher())) {
            Session session = sessions.create(new Recipe(world, 1, ""));
            for (int i = 0; i < COMMANDS; i++) {
                if (i % COMMANDS_A_SESSION == COMMANDS_A_SESSION - 1) {
                    sessions.delete(session.id());
                    session = sessions.create(new Recipe(world, 1, ""));
                }
                String command = mutator.next();
                String wrong = wrongWith(session, command);
                if (!wrong.isEmpty()) {
                    found.putIfAbsent(wrong, command);
                    sessions.delete(session.id());
                    session = sessions.create(new Recipe(world, 1, ""));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** What went wrong; empty if nothing did. */
    private String wrongWith(Session session, String command) throws InterruptedException {
        defects.clear();
        try {
            String output = session.execute("host", command).get(PATIENCE_SECONDS, TimeUnit.SECONDS).output();
            if (output.contains("\tat ") && output.contains("Exception") || output.contains("this is a defect of the emulation")) {
                return "a defect is shown: " + defects + output.lines().limit(12).toList();
            }
        } catch (TimeoutException e) {
            return "no answer in " + PATIENCE_SECONDS + " s";
        } catch (ExecutionException e) {
            return e.getCause().toString();
        }
        return defects.isEmpty() ? "" : defects.getFirst().lines().limit(8).toList().toString();
    }

    private static List<String> corpus() {
        return Stream.concat(Collections.nCopies(20, MORE).stream().flatMap(List::stream), Recordings.commands().stream()).toList();
    }
}
