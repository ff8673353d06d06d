package dev.vethlab.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A challenge is about what was asked for: other ways to it count as well, and what opens or closes too much does not. */
class ChallengeTest {
    private static final Path SOURCES = Path.of("src/main/resources/lessons/challenges");
    private static final Pattern TO_CLICK = Pattern.compile("^```run (\\S+)\\n(.*?)\\n```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String HAIRPIN_ON =
            "for veth in $(bridge link show | grep -o 'veth[^@]*'); do bridge link set dev $veth hairpin on; done";

    /** @param lines {@code NODE: COMMAND} */
    record Repair(String challenge, List<String> lines) {}

    private static Repair repair(String challenge, String... lines) {
        return new Repair(challenge, List.of(lines));
    }

    static Stream<Repair> wrong() {
        return Stream.of(
                repair("01-since-the-hardening", "host: docker rm -f web; docker run -d --name web --network host my-app"),
                repair("02-after-the-reload", "host: iptables -P FORWARD ACCEPT"),
                repair("02-after-the-reload", "host: iptables -A FORWARD -j DOCKER-FORWARD"),
                repair("02-after-the-reload", "host: iptables -F; iptables -A FORWARD -j ACCEPT"),
                repair("03-no-way-out", "host: iptables -t nat -A POSTROUTING -j MASQUERADE"),
                repair("04-a-rule-too-wide", "host: iptables -F DOCKER-USER"),
                repair("04-a-rule-too-wide", "host: iptables -F; iptables -P FORWARD ACCEPT"),
                repair("04-a-rule-too-wide", "host: iptables -I DOCKER-USER -s 192.168.1.0/24 -j RETURN"),
                repair("05-only-from-the-host", "host: docker rm -f web db", "host: docker run -d --name web -p 5001:5001 my-app",
                        "host: docker run -d --name db -p 6379:6379 redis"),
                repair("06-it-works-inside", "host: docker rm -f web",
                        "host: docker run -d --name web --network host nicolaka/netshoot python3 -m http.server 5001"),
                repair("07-between-two-networks", "host: docker network connect front db"),
                repair("07-between-two-networks", "host: docker network connect back web", "host: docker network connect back proxy"),
                repair("07-between-two-networks", "host: iptables -F; iptables -t raw -F; iptables -P FORWARD ACCEPT",
                        "host: docker exec web sh -c 'echo 172.19.0.2 db >> /etc/hosts'"),
                repair("08-one-client-is-deaf", "host: ip route add 192.168.1.20/32 dev eth0"),
                repair("08-one-client-is-deaf", "host: docker rm -f web; docker network rm app",
                        "host: docker network create --subnet 192.168.1.64/28 app",
                        "host: docker run -d --name web --network app -p 5001:5001 my-app"),
                repair("09-the-large-upload", "router: iptables -F"),
                repair("10-who-is-api", "host: docker exec web sh -c 'echo 172.17.0.3 api >> /etc/hosts'"),
                repair("11-the-rule-that-counts-nothing",
                        "host: iptables -I DOCKER-USER -s 192.168.1.20 -p tcp --dport 5001 -j DROP"),
                repair("11-the-rule-that-counts-nothing", "host: docker stop admin"),
                repair("11-the-rule-that-counts-nothing", "host: iptables -F"),
                repair("11-the-rule-that-counts-nothing", "host: iptables -I DOCKER-USER -i eth0 -j DROP"),
                repair("12-the-old-log", "host: docker stop old", "host: sleep 6"),
                repair("12-the-old-log", "host: iptables -t nat -F PREROUTING; conntrack -F", "host: sleep 6"),
                repair("13-the-mirror", "host: docker rm -f shop; docker run -d --name shop --network host my-app"),
                repair("13-the-mirror", "host: " + HAIRPIN_ON, "host: iptables -t nat -D POSTROUTING 3"),
                repair("13-the-mirror", "host: iptables -I DOCKER-USER -j ACCEPT; sysctl -w net.ipv4.conf.docker0.accept_local=1"));
    }

    static Stream<Repair> right() {
        return Stream.of(
                repair("01-since-the-hardening", "host: echo 1 > /proc/sys/net/ipv4/ip_forward"),
                repair("02-after-the-reload", "host: systemctl restart docker"),
                repair("03-no-way-out", "host: iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE"),
                repair("04-a-rule-too-wide",
                        "host: iptables -R DOCKER-USER 1 -i eth0 ! -s 192.168.1.0/24 -m conntrack --ctstate NEW -j DROP"),
                repair("05-only-from-the-host", "host: docker rm -f web",
                        "host: docker run -d --name web -p 192.168.1.10:5001:5001 my-app"),
                repair("06-it-works-inside", "host: docker exec -d web socat TCP-LISTEN:5001,bind=172.17.0.2,fork TCP:127.0.0.1:5001"),
                repair("07-between-two-networks", "host: docker rm -f web",
                        "host: docker run -d --name web --network front --network back -p 5001:5001 my-app"),
                repair("08-one-client-is-deaf", "host: docker rm -f web; docker network rm app; docker network create app",
                        "host: docker run -d --name web --network app -p 5001:5001 my-app"),
                repair("09-the-large-upload", "host: ip link set eth0 mtu 1400"),
                repair("10-who-is-api", "host: docker rm -f web api; docker network create app",
                        "host: docker run -d --name api --network app my-app",
                        "host: docker run -d --name web --network app -p 5001:5001 my-app"),
                repair("11-the-rule-that-counts-nothing",
                        "host: iptables -t raw -A PREROUTING -s 192.168.1.20 -p tcp --dport 9090 -j DROP"),
                repair("11-the-rule-that-counts-nothing", "host: iptables -I DOCKER-USER -s 192.168.1.20 -d 172.17.0.3 -j REJECT"),
                repair("12-the-old-log", "host: conntrack -F", "host: sleep 6"),
                repair("13-the-mirror", "host: docker restart shop"),
                repair("13-the-mirror", "host: sysctl -w net.bridge.bridge-nf-call-iptables=0"),
                repair("13-the-mirror", "host: docker rm -f shop; docker run -d --name shop -p 5001:5001 my-app"));
    }

    static Stream<String> challenges() {
        return Walk.LESSONS.all().stream().filter(lesson -> lesson.kind() == Lesson.Kind.CHALLENGE).map(Lesson::id);
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void lookingIsNotRepairing(String challenge) {
        assertThat(reached(repair(challenge))).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Repair repair) {
        assertThat(reached(repair)).isLessThan(all(repair));
    }

    @ParameterizedTest
    @MethodSource
    void right(Repair repair) {
        assertThat(reached(repair)).isEqualTo(all(repair));
    }

    /** All steps but the last, which only says what it was. */
    private static int all(Repair repair) {
        return Walk.LESSONS.find(repair.challenge).orElseThrow().steps().size() - 1;
    }

    /** Types the repair, then clicks everything that there is to click, twice: once for each step with goals. */
    private static int reached(Repair repair) {
        try (var walk = new Walk(repair.challenge)) {
            repair.lines.forEach(line -> walk.type(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
            for (int time = 0; time < 2; time++) {
                TO_CLICK.matcher(source(repair.challenge)).results().forEach(run -> walk.type(run.group(1), run.group(2)));
            }
            return walk.progress().reached();
        }
    }

    private static String source(String challenge) {
        try {
            return Files.readString(SOURCES.resolve(challenge + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
