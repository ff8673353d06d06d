package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code --link} on the default bridge: names in {@code /etc/hosts}, and variables that say where the other's ports are ({@code
 * daemon/links}).
 */
final class Links {
    private Links() {}

    /** The container that {@code name:alias} names. */
    static String target(String link) {
        int colon = link.indexOf(':');
        return colon < 0 ? link : link.substring(0, colon);
    }

    private static String alias(String link) {
        return link.substring(link.indexOf(':') + 1);
    }

    /** Alias, host name and name of each other container, as {@code --add-host} would have them. */
    static List<String> hosts(Container container, ContainerRuntime.Finder others) throws EngineException {
        var hosts = new ArrayList<String>();
        for (String link : container.hostConfig().links) {
            Container other = others.find(target(link));
            String alias = alias(link);
            String names = alias + " " + other.config().hostname + (alias.equals(other.name()) ? "" : " " + other.name());
            hosts.add(names + ":" + address(container, other, alias));
        }
        return hosts;
    }

    private static String address(Container container, Container other, String alias) throws EngineException {
        if (!other.state().isRunning()) {
            throw EngineException.badRequest("Cannot link to a non running container: /" + other.name() + " AS /" + container.name() + "/"
                    + alias);
        }
        EndpointSettings settings = other.networks().get(NetworkView.DEFAULT);
        if (settings == null) {
            throw EngineException.badRequest("container " + other.id() + " not attached to default bridge network");
        }
        return settings.ipAddress;
    }

    /** {@code DB_PORT_5432_TCP_ADDR=172.17.0.2} and the like. */
    static Map<String, String> environment(Container container, ContainerRuntime.Finder others) throws EngineException {
        var environment = new LinkedHashMap<String, String>();
        for (String link : container.hostConfig().links) {
            Container other = others.find(target(link));
            String alias = alias(link);
            String address = address(container, other, alias);
            String prefix = alias.toUpperCase(Locale.ROOT).replace('-', '_');
            environment.put(prefix + "_NAME", "/" + container.name() + "/" + alias);
            boolean first = true;
            for (Port port : other.exposed()) {
                String url = port.protocol() + "://" + address + ":" + port.number();
                if (first) {
                    environment.put(prefix + "_PORT", url);
                    first = false;
                }
                String name = prefix + "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
                environment.put(name, url);
                environment.put(name + "_ADDR", address);
                environment.put(name + "_PORT", Integer.toString(port.number()));
                environment.put(name + "_PROTO", port.protocol());
            }
            for (String variable : other.config().env) {
                int equals = variable.indexOf('=');
                String name = equals < 0 ? variable : variable.substring(0, equals);
                if (equals > 0 && !name.equals("HOME") && !name.equals("PATH")) {
                    environment.put(prefix + "_ENV_" + name, variable.substring(equals + 1));
                }
            }
        }
        return environment;
    }
}
