package dev.vethlab.engine.command.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of {@code -p}, and what Docker's client 28.5.2 says of those that make no sense. */
class PortSpecsTest {
    private static List<String> publish(String spec) throws FlagException {
        var bindings = PortSpecs.none();
        PortSpecs.publish(spec, bindings);
        var texts = new ArrayList<String>();
        bindings.forEach((port, hosts) -> hosts.forEach(h -> texts.add(h.hostIp() + ":" + h.hostPort() + "->" + port)));
        return texts;
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", value = {
        "80 => [:->80/tcp]",
        "8080:80 => [:8080->80/tcp]",
        "127.0.0.1:8080:80/udp => [127.0.0.1:8080->80/udp]",
        "127.0.0.1::80 => [127.0.0.1:->80/tcp]",
        "8080-8081:80-81 => [:8080->80/tcp, :8081->81/tcp]",
        "8000-8010:80 => [:8000-8010->80/tcp]",
    })
    void means(String spec, String bindings) throws FlagException {
        assertThat(publish(spec)).hasToString(bindings);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", value = {
        "foo => Invalid containerPort: foo",
        "99999:80 => Invalid hostPort: 99999",
        "80:80:80:80 => Invalid ip address 80:80: address 80:80:: too many colons in address",
        "1.2.3:80:80 => Invalid ip address: 1.2.3",
        "80/icmp => Invalid proto: icmp",
        "8000-8002:80-81 => Invalid ranges specified for container and host Ports: 80-81 and 8000-8002",
    })
    void complains(String spec, String message) {
        assertThatThrownBy(() -> publish(spec)).hasMessage(message);
    }
}
