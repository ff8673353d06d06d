package dev.vethlab.benchmark;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.Update;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session that rested comes back: its world boots, and all that was typed happens again. The median is what people wait for. The virtual
 * machine has the options of the image ({@code k8s/Dockerfile}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class ReplayBenchmark {
    /** What people type in a lab, over and over. */
    private static final List<String[]> COMMANDS = List.of(
            new String[] {"host", "docker run -d --name web -p 5001:5001 my-app"},
            new String[] {"host", "docker ps"},
            new String[] {"client", "curl -s http://192.168.1.10:5001/"},
            new String[] {"host", "iptables -t nat -S; ip addr"},
            new String[] {"client", "ping -c 1 192.168.1.10"},
            new String[] {"host", "conntrack -L; ip neigh; cat /etc/hosts | wc -l"},
            new String[] {"host", "docker exec web ip route"},
            new String[] {"client", "dig +short example.com @192.168.1.1"},
            new String[] {"host", "docker rm -f web"},
            new String[] {"host", "x=$((x + 1)); echo $x"});

    @Param({"0", "1000"})
    int commands;

    private final Sessions sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);
    private String id = "";

    @Setup
    public void type() {
        Session session = sessions.create(new Recipe(WorldKind.LAB, 1, ""));
        id = session.id();
        for (int i = 0; i < commands; i++) {
            String[] command = COMMANDS.get(i % COMMANDS.size());
            session.execute(command[0], command[1]).join();
        }
    }

    @Benchmark
    public Update.Structure comesBack() {
        sessions.restIdle(-1);
        return sessions.find(id).structure();
    }

    @TearDown
    public void end() {
        sessions.close();
    }
}
