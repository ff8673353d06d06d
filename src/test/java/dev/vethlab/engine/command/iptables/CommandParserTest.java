package dev.vethlab.engine.command.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.command.iptables.extension.Surroundings;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed, and how iptables 1.8.13 prints it again: each line was tried on a real machine. */
class CommandParserTest {
    private static CommandLine parse(String typed) throws IptablesException {
        return new CommandParser(List.of(typed.split(" ")), "filter", host -> List.of(), new Nowhere()).parse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -p tcp --sport 1000:2000 ! --dport 22 -j ACCEPT       | -p tcp -m tcp --sport 1000:2000 ! --dport 22 -j ACCEPT
            -p tcp --syn -j ACCEPT                                | -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT
            -p udp --sport :53 --dport 1024: -j DROP              | -p udp -m udp --sport 0:53 --dport 1024:65535 -j DROP
            -p icmp ! --icmp-type 3/4                             | -p icmp -m icmp ! --icmp-type 3/4
            ! -i eth0 -d 10/8 ! -p icmp -j RETURN                 | -d 10.0.0.0/8 ! -i eth0 ! -p icmp -j RETURN
            -p gre ! -f                                           | -p 47 ! -f
            -s 10.1.2.3/255.255.0.0 -p all                        | -s 10.1.0.0/16
            -p tcp -m multiport ! --sports 1,2:3                  | -p tcp -m multiport ! --sports 1,2:3
            -m conntrack --ctstate DNAT,NEW --ctproto tcp         | -m conntrack --ctstate NEW,DNAT --ctproto 6
            -m state ! --state RELATED                            | -m state ! --state RELATED
            -m mark --mark 5 -m mark ! --mark 0x1/0xff            | -m mark --mark 0x5 -m mark ! --mark 0x1/0xff
            -m limit --limit 100/hour --limit-burst 9             | -m limit --limit 100/hour --limit-burst 9
            -m mac ! --mac-source 0:1:2:A:b:c                     | -m mac ! --mac-source 00:01:02:0a:0b:0c
            -m length --length 5:10 -m ttl --ttl-lt 9             | -m length --length 5:10 -m ttl --ttl-lt 9
            -m statistic --mode random --probability 0.3          | -m statistic --mode random --probability 0.29999999981
            -j REJECT                                             | -j REJECT --reject-with icmp-port-unreachable
            -j LOG --log-level debug --log-prefix x:              | -j LOG --log-prefix x: --log-level 7
            -j MARK --set-mark 0x1/0x3                            | -j MARK --set-xmark 0x1/0x3
            -j CONNMARK --and-mark 3                              | -j CONNMARK --set-xmark 0x0/0xfffffffc
            -p tcp -j DNAT --to-destination 1.2.3.4-1.2.3.9:80-90 --random | -p tcp -j DNAT --to-destination 1.2.3.4-1.2.3.9:80-90 --random
            -j NETMAP --to 10.0.0.0/255.255.0.0                   | -j NETMAP --to 10.0.0.0/16
            """)
    void aRuleIsPrintedInItsNormalForm(String typed, String printed) throws IptablesException {
        assertThat(parse("-A INPUT " + typed).rules()).singleElement().extracting(RuleSpec::text).isEqualTo(" " + printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -A INPUT --dport 80                       | unknown option "--dport"
            -A INPUT -p tcp --dport 99999             | invalid port/service `99999' specified
            -A INPUT -s 10.0.0.0/33                   | invalid mask `33' specified
            -A INPUT -j ACCEPT -j DROP                | multiple --jump options not allowed
            -A INPUT ! -j ACCEPT                      | cannot have ! before --jump
            -A INPUT -o eth0                          | Can't use --out-interface with INPUT
            -L -A INPUT                               | Cannot use -A with -L
            -F INPUT -p tcp                           | Illegal option `--protocol' with this command
            -A INPUT -p tcp --dport 80 --dport 90     | Only one `--destination-port' allowed
            -A INPUT -m conntrack --ctstate FOO       | Bad ctstate "FOO"
            -A INPUT -p icmp --icmp-type e            | Ambiguous ICMP type `e': `echo-reply' or `echo-request'?
            -N ACCEPT                                 | chain name may not clash with target name
            -D INPUT 0                                | Invalid rule number `0'
            """)
    void aMistakeIsNamed(String typed, String message) {
        assertThatThrownBy(() -> parse(typed)).isInstanceOfSatisfying(IptablesException.class, e -> {
            assertThat(e.status()).isEqualTo(2);
            assertThat(e.message()).isEqualTo(message);
        });
    }

    /** A machine that knows no names. */
    private static final class Nowhere implements Surroundings {
        @Override
        public void warn(String text) {}

        @Override
        public boolean hasSet(String name) {
            return false;
        }

        @Override
        public OptionalInt user(String name) {
            return OptionalInt.empty();
        }

        @Override
        public OptionalInt group(String name) {
            return OptionalInt.empty();
        }
    }
}
