package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Networks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code --link} on the default bridge: names in {@code /etc/hosts}, variables that say where the other's ports are, and ways between
 * containers that may not talk to each other else ({@code daemon/links}).
 */
final class Links {
    private Links() {}

    /** Finds the containers that {@code name:alias} names and ties them to {@code parent}. */
    static List<Link> find(Container parent, ContainerIndex others) throws EngineException {
        var links = new ArrayList<Link>();
        for (String text : parent.hostConfig().links) {
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            try {
                links.add(new Link(parent, text.substring(colon + 1), others.find(name)));
            } catch (EngineException e) {
                throw e.within("could not get container for " + name);
            }
        }
        return links;
    }

    static void tie(List<Link> links) {
        for (Link link : links) {
            link.parent().links.add(link);
            link.target().linkedBy.add(link);
        }
    }

    static void untie(Link link) {
        link.parent().links.remove(link);
        link.target().linkedBy.remove(link);
    }

    /** Links are of the default bridge: a container that is not on it has none ({@code setupLinkedContainers}). */
    private static List<Link> inForce(Container container) {
        return container.networks().containsKey(NetworkView.DEFAULT) ? container.links : List.of();
    }

    /** Alias, host name and name of each other container, as {@code --add-host} would have them. */
    static List<String> hosts(Container container) throws EngineException {
        var hosts = new ArrayList<String>();
        for (Link link : inForce(container)) {
            Container other = link.target();
            String names = link.alias() + " " + other.config().hostname
                    + (link.alias().equals(other.name()) ? "" : " " + other.name());
            hosts.add(names + ":" + address(link));
        }
        return hosts;
    }

    /** A container has started: those linked to it learn its address ({@code etchosts.Update}). */
    static void announce(Container target) {
        for (Link link : target.linkedBy) {
            EndpointSettings settings = target.networks().get(NetworkView.DEFAULT);
            String hosts = link.parent().files().text("/etc/hosts");
            if (link.parent().state().isRunning() && settings != null && hosts != null) {
                Matcher line = Pattern.compile("(?m)^\\S+(\\t" + Pattern.quote(link.alias()) + "( .*)?)$").matcher(hosts);
                link.parent().bind("/etc/hosts", line.replaceAll(Matcher.quoteReplacement(settings.ipAddress) + "$1"));
            }
        }
    }

    /** Where neighbours may not talk, links say who may all the same. */
    static void open(Container container, Networks networks) throws EngineException {
        Endpoint own = endpoint(container);
        if (own == null) {
            return;
        }
        for (Link link : container.links) {
            Endpoint other = endpoint(link.target());
            if (other != null) {
                networks.link(own, other, link.target().exposed());
            }
        }
    }

    private static @Nullable Endpoint endpoint(Container container) {
        return container.sandbox() == null ? null : container.sandbox().endpoints().stream()
                .filter(e -> e.network().name().equals(NetworkView.DEFAULT)).findFirst().orElse(null);
    }

    private static String address(Link link) throws EngineException {
        Container other = link.target();
        if (!other.state().isRunning()) {
            throw EngineException.badRequest("Cannot link to a non running container: /" + other.name() + " AS /" + link.name());
        }
        EndpointSettings settings = other.networks().get(NetworkView.DEFAULT);
        if (settings == null) {
            throw EngineException.badRequest("container " + other.id() + " not attached to default bridge network");
        }
        return settings.ipAddress;
    }

    /** {@code DB_PORT_5432_TCP_ADDR=172.17.0.2} and the like. */
    static Map<String, String> environment(Container container) throws EngineException {
        var environment = new LinkedHashMap<String, String>();
        for (Link link : inForce(container)) {
            String address = address(link);
            String prefix = link.alias().toUpperCase(Locale.ROOT).replace('-', '_');
            boolean first = true;
            for (Port port : link.target().exposed()) {
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
            environment.put(prefix + "_NAME", "/" + link.name());
            for (String variable : link.target().config().env) {
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
