package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container's ports in one line, runs of ports that are the same on both sides joined ({@code formatter.DisplayablePorts}). */
final class PortList {
    private PortList() {}

    private record Entry(int port, String protocol, String address, int hostPort) {}

    /** A run of ports, still growing. */
    private static final class Run {
        final int first;
        int last;

        Run(int first) {
            this.first = first;
            this.last = first;
        }
    }

    static String of(Container container) {
        var groups = new LinkedHashMap<String, Run>();
        var done = new ArrayList<String>();
        var different = new ArrayList<String>();
        for (Entry entry : entries(container)) {
            if (!entry.address().isEmpty() && entry.hostPort() != entry.port()) {
                different.add(entry.address() + ":" + entry.hostPort() + "->" + entry.port() + "/" + entry.protocol());
                continue;
            }
            String key = entry.address().isEmpty() ? entry.protocol() : entry.address() + "/" + entry.protocol();
            Run run = groups.get(key);
            if (run != null && entry.port() == run.last + 1) {
                run.last = entry.port();
                continue;
            }
            if (run != null) {
                done.add(text(key, run));
            }
            groups.put(key, new Run(entry.port()));
        }
        for (Map.Entry<String, Run> group : groups.entrySet()) {
            done.add(text(group.getKey(), group.getValue()));
        }
        done.addAll(different);
        return String.join(", ", done);
    }

    private static String text(String key, Run run) {
        String range = run.first == run.last ? run.first + "" : run.first + "-" + run.last;
        int slash = key.indexOf('/');
        return slash < 0 ? range + "/" + key : key.substring(0, slash) + ":" + range + "->" + range + key.substring(slash);
    }

    private static List<Entry> entries(Container container) {
        var entries = new ArrayList<Entry>();
        if (container.sandbox() == null || container.sandbox().gateway() == null) {
            return entries;
        }
        List<PortMapping> published = container.published();
        for (PortMapping mapping : published) {
            entries.add(new Entry(mapping.port(), mapping.protocol(), mapping.nat() ? Ipv4.text(mapping.hostAddress()) : "",
                    mapping.hostPort()));
        }
        for (Port port : container.exposed()) {
            if (published.stream().noneMatch(m -> m.port() == port.number() && m.protocol().equals(port.protocol()))) {
                entries.add(new Entry(port.number(), port.protocol(), "", 0));
            }
        }
        entries.sort(Comparator.comparingInt(Entry::port).thenComparing(Entry::address).thenComparingInt(Entry::hostPort)
                .thenComparing(Entry::protocol));
        return entries;
    }
}
