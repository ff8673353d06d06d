package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NameService;
import java.util.OptionalInt;

/** getaddrinfo(3) of glibc with a service's name or number. */
public final class AddressInfo {
    private static final int PORTS = 0xFFFF;

    private AddressInfo() {}

    /** As {@link NameService#lookup}. */
    public static NameService.Answer lookup(EmulatedProcess self, String host, String service, String protocol) {
        OptionalInt port = service.matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(service) & PORTS)
                : Services.read(self).port(service, protocol);
        if (port.isEmpty()) {
            return new NameService.NotFound("Servname not supported for ai_socktype");
        }
        return switch (Resolver.lookup(self, host)) {
            case Resolver.Found found -> new NameService.Found(found.addresses(), port.getAsInt());
            case Resolver.NotFound missing -> new NameService.NotFound(missing.message());
        };
    }
}
