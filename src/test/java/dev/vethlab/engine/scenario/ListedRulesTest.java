package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blank by blank, which recordings do not compare: the columns of {@code iptables -L} as iptables 1.8.13 writes them. */
class ListedRulesTest {
    private final Playground host = new Playground(WorldKind.BARE);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theHeaderStandsAboveItsColumns() {
        host.type("host", "iptables -A INPUT -i lo -p tcp --dport 22 -j DROP");
        assertThat(host.type("host", "iptables -nvL INPUT | tail -n 2 | cat -E")).isEqualTo("""
                 pkts bytes target     prot opt in     out     source               destination         $
                    0     0 DROP       tcp  --  lo     *       0.0.0.0/0            0.0.0.0/0            tcp dpt:22$\
                """);
        assertThat(host.type("host", "iptables -nvxL INPUT | tail -n 2 | cat -E")).isEqualTo("""
                    pkts      bytes target     prot opt in     out     source               destination         $
                       0        0 DROP       tcp  --  lo     *       0.0.0.0/0            0.0.0.0/0            tcp dpt:22$\
                """);
        assertThat(host.type("host", "iptables -nL INPUT --line-numbers | tail -n 2 | cat -E")).isEqualTo("""
                num  target     prot opt source               destination         $
                1    DROP       tcp  --  0.0.0.0/0            0.0.0.0/0            tcp dpt:22$\
                """);
    }
}
