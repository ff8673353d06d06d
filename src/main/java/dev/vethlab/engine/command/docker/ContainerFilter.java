package dev.vethlab.engine.command.docker;

import com.google.re2j.PatternSyntaxException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.shell.expand.BoundedPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker ps --filter}: of one key any value, of several keys all ({@code daemon/list.go}). */
final class ContainerFilter {
    private static final List<String> KEYS = List.of("ancestor", "before", "exited", "expose", "health", "id", "is-task", "isolation",
            "label", "name", "network", "publish", "since", "status", "volume");
    private static final List<String> STATES = List.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final List<String> HEALTHS = List.of("none", "starting", "healthy", "unhealthy");

    private final Map<String, List<String>> wanted;
    private final EngineApi engine;

    private ContainerFilter(Map<String, List<String>> wanted, EngineApi engine) {
        this.wanted = wanted;
        this.engine = engine;
    }

    static ContainerFilter parse(List<String> texts, EngineApi engine) throws EngineException {
        Map<String, List<String>> wanted = pairs(texts, KEYS);
        checkValues(wanted, "status", "state", STATES);
        checkValues(wanted, "health", "health", HEALTHS);
        for (String value : wanted.getOrDefault("exited", List.of())) {
            if (!value.matches("[+-]?\\d{1,9}")) {
                throw EngineException.badRequest("invalid filter 'exited=" + value + "': strconv.Atoi: parsing \"" + value
                        + "\": invalid syntax");
            }
        }
        List<String> tasks = wanted.getOrDefault("is-task", List.of());
        if (!tasks.stream().allMatch(List.of("true", "false", "1", "0")::contains)) {
            throw EngineException.badRequest("invalid filter 'is-task=[" + String.join(" ", tasks) + "]'");
        }
        checkPorts(wanted, "publish");
        checkPorts(wanted, "expose");
        for (String key : List.of("before", "since")) {
            for (String term : wanted.getOrDefault(key, List.of())) {
                engine.containers().find(term);
            }
        }
        return new ContainerFilter(wanted, engine);
    }

    /** {@code NUMBER[-NUMBER][/PROTOCOL]} ({@code portOp}). */
    private static void checkPorts(Map<String, List<String>> wanted, String key) throws EngineException {
        for (String value : wanted.getOrDefault(key, List.of())) {
            if (value.contains(":")) {
                throw EngineException.badRequest("filter for '" + key + "' should not contain ':': " + value);
            }
            String complaint = PortSpecs.rangeComplaint(numbers(value));
            if (!complaint.isEmpty()) {
                throw EngineException.badRequest("error while looking up for " + key + " " + value + ": " + switch (complaint.split(" ")[0]) {
                    case "invalid" -> "Invalid range specified for the Port: " + numbers(value);
                    case "empty" -> "Empty string specified for ports.";
                    default -> complaint;
                });
            }
        }
    }

    private static String numbers(String port) {
        return port.split("/", 2)[0];
    }

    private static boolean hasPort(String wanted, int number, String protocol) {
        String[] halves = wanted.split("/", 2);
        String[] ends = halves[0].split("-", 2);
        return protocol.equals(halves.length < 2 ? "tcp" : halves[1])
                && number >= Integer.parseInt(ends[0]) && number <= Integer.parseInt(ends[ends.length - 1]);
    }

    private static void checkValues(Map<String, List<String>> wanted, String key, String what, List<String> known) throws EngineException {
        for (String value : wanted.getOrDefault(key, List.of())) {
            if (!known.contains(value)) {
                throw EngineException.badRequest("invalid filter '" + key + "=" + value + "': invalid value for " + what + " (" + value
                        + "): must be one of " + String.join(", ", known));
            }
        }
    }

    /** {@code key=value} pairs by key. */
    static Map<String, List<String>> pairs(List<String> texts, List<String> keys) throws EngineException {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = text.substring(0, equals).strip().toLowerCase(java.util.Locale.ROOT);
            if (!keys.contains(key)) {
                throw EngineException.badRequest("invalid filter '" + key + "'");
            }
            wanted.computeIfAbsent(key, k -> new ArrayList<>()).add(text.substring(equals + 1).strip());
        }
        return wanted;
    }

    /** Whether it is about states, so that those that do not run are meant, too. */
    boolean asksForStates() {
        return wanted.containsKey("status") || wanted.containsKey("exited");
    }

    boolean accepts(ContainerView container) throws EngineException {
        if (!acceptsPorts(container)) {
            return false;
        }
        for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
            boolean any = false;
            for (String value : entry.getValue()) {
                boolean one = matches(container, entry.getKey(), value);
                any |= one;
                if (entry.getKey().equals("label") && !one) {
                    return false;
                }
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }

    /** Ports that are published or exposed: either will do ({@code includeContainerInList}). */
    private boolean acceptsPorts(ContainerView container) {
        List<String> published = wanted.getOrDefault("publish", List.of());
        List<String> exposed = wanted.getOrDefault("expose", List.of());
        if (published.isEmpty() && exposed.isEmpty()) {
            return true;
        }
        for (PortSummary port : container.ports()) {
            if (published.stream().anyMatch(p -> hasPort(p, port.publicPort(), port.type()))
                    || exposed.stream().anyMatch(p -> hasPort(p, port.privatePort(), port.type()))) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(ContainerView container, String key, String value) throws EngineException {
        return switch (key) {
            case "ancestor" -> {
                ImageView image = engine.images().lookup(value);
                yield image != null && image.id().equals(container.imageId());
            }
            case "before" -> container.created() < engine.containers().find(value).created();
            case "since" -> container.created() > engine.containers().find(value).created();
            case "exited" -> container.state().status().equals("exited") && value.equals(container.state().exitCode() + "");
            case "expose", "publish" -> true; // see acceptsPorts
            case "isolation" -> value.equals("default");
            case "is-task" -> value.equals("false") || value.equals("0");
            case "health" -> {
                String health = container.healthStatus();
                yield value.equals(health == null ? "none" : health);
            }
            case "id" -> container.id().startsWith(value);
            case "label" -> hasLabel(container.config().labels, value);
            case "name" -> isNamed(container, value);
            case "network" -> container.networks().containsKey(value)
                    || container.networks().values().stream().anyMatch(n -> !n.networkId.isEmpty() && n.networkId.startsWith(value));
            case "volume" -> container.mountNames().contains(value) || container.mountDestinations().contains(value);
            case "status" -> container.state().status().equals(value);
            default -> false;
        };
    }

    /** Names are compared with their slash and without ({@code FilterByName}). */
    private static boolean isNamed(ContainerView container, String value) {
        return matches("/" + container.name(), value) || matches(container.name(), value);
    }

    /** {@code Args.Match} of moby's filters: an expression that is none matches nothing. */
    static boolean matches(String text, String expression) {
        try {
            return BoundedPattern.compile(expression, 0).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** {@code key} or {@code key=value}. */
    static boolean hasLabel(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0 ? labels.containsKey(wanted) : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }
}
