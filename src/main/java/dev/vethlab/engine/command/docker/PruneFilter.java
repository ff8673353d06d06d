package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.NetworkView;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code --filter} of the prunes: {@code until}, {@code label}, {@code label!} ({@code daemon/prune.go}). */
final class PruneFilter {
    private static final List<String> KEYS = List.of("label", "label!", "until");

    private final Map<String, List<String>> wanted;
    private final long until;

    private PruneFilter(Map<String, List<String>> wanted, long until) {
        this.wanted = wanted;
        this.until = until;
    }

    static PruneFilter of(Command.Call call) throws EngineException {
        Map<String, List<String>> wanted = ContainerFilter.pairs(call.flags().texts("filter"), KEYS);
        List<String> times = wanted.getOrDefault("until", List.of());
        if (times.size() > 1) {
            throw EngineException.badRequest("more than one until filter specified");
        }
        long until = times.isEmpty() ? Long.MAX_VALUE : ClientTime.nanos(times.getFirst(), call.self().now(), Long.MAX_VALUE, "");
        return new PruneFilter(wanted, until);
    }

    static Predicate<NetworkView> networks(Command.Call call) throws EngineException {
        PruneFilter filter = of(call);
        return network -> filter.accepts(network.created(), network.labels());
    }

    static Predicate<ContainerView> containers(Command.Call call) throws EngineException {
        PruneFilter filter = of(call);
        return container -> filter.accepts(container.created(), container.config().labels);
    }

    static Predicate<ImageView> images(Command.Call call) throws EngineException {
        PruneFilter filter = of(call);
        return image -> filter.accepts(image.created(), image.labels());
    }

    private boolean accepts(long created, Map<String, String> labels) {
        return created <= until && wanted.getOrDefault("label", List.of()).stream().allMatch(l -> ContainerFilter.hasLabel(labels, l))
                && wanted.getOrDefault("label!", List.of()).stream().noneMatch(l -> ContainerFilter.hasLabel(labels, l));
    }
}
