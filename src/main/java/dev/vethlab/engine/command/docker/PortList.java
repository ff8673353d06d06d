package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.PortSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container's ports in one line, runs of ports that are the same on both sides joined ({@code formatter.DisplayablePorts}). */
final class PortList {
    private PortList() {}

    /** A run of ports, still growing. */
    private static final class Run {
        final int first;
        int last;

        Run(int first) {
            this.first = first;
            this.last = first;
        }
    }

    static String of(ContainerView container) {
        var groups = new LinkedHashMap<String, Run>();
        var done = new ArrayList<String>();
        var different = new ArrayList<String>();
        List<PortSummary> ports = new ArrayList<>(container.ports());
        ports.sort(Comparator.comparingInt(PortSummary::privatePort).thenComparing(PortSummary::ip)
                .thenComparingInt(PortSummary::publicPort).thenComparing(PortSummary::type));
        for (PortSummary entry : ports) {
            if (entry.isPublished() && entry.publicPort() != entry.privatePort()) {
                different.add(entry.host() + ":" + entry.publicPort() + "->" + entry.privatePort() + "/" + entry.type());
                continue;
            }
            String key = !entry.isPublished() ? entry.type() : entry.host() + "/" + entry.type();
            Run run = groups.get(key);
            if (run != null && entry.privatePort() == run.last + 1) {
                run.last = entry.privatePort();
                continue;
            }
            if (run != null) {
                done.add(text(key, run));
            }
            groups.put(key, new Run(entry.privatePort()));
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
}
