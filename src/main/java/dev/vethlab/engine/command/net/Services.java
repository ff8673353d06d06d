package dev.vethlab.engine.command.net;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code getservbyname} and {@code getservbyport}: what {@code /etc/services} says where a program runs. */
public final class Services {
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, String> names = new TreeMap<>();

    private Services() {}

    /** The file as the process sees it; nothing is known if there is none. */
    public static Services read(EmulatedProcess self) {
        var services = new Services();
        try {
            services.parse(self.context().files().readAll(self, "/etc/services").text());
        } catch (KernelException e) {
            return services;
        }
        return services;
    }

    private void parse(String text) {
        for (String line : text.split("\n")) {
            String[] words = line.split("#", 2)[0].trim().split("\\s+");
            if (words.length > 1 && words[1].matches("[0-9]{1,5}/[a-z]+")) {
                String protocol = words[1].substring(words[1].indexOf('/'));
                ports.putIfAbsent(words[0] + protocol, Integer.parseInt(words[1].substring(0, words[1].indexOf('/'))));
                names.putIfAbsent(words[1], words[0]);
                for (int i = 2; i < words.length; i++) {
                    ports.putIfAbsent(words[i] + protocol, ports.get(words[0] + protocol));
                }
            }
        }
    }

    /** The port of a service; {@code protocol} is {@code tcp} or {@code udp}. */
    public OptionalInt port(String service, String protocol) {
        Integer port = ports.get(service + "/" + protocol);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** The other names of a service. */
    public List<String> aliases(String service, String protocol) {
        Integer port = ports.get(service + "/" + protocol);
        return ports.entrySet().stream()
                .filter(e -> e.getValue().equals(port) && e.getKey().endsWith("/" + protocol))
                .map(e -> e.getKey().substring(0, e.getKey().indexOf('/')))
                .filter(name -> !name.equals(service))
                .toList();
    }

    /** The service of a port, or null. */
    public @Nullable String name(int port, String protocol) {
        return names.get(port + "/" + protocol);
    }
}
