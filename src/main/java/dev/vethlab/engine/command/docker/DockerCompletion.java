package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.Completer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Completes {@code docker}: commands and flags from their own declarations, and the names of containers, images and networks. */
public final class DockerCompletion implements Completer {
    private static final CommandTree TREE = new CommandTree();

    private final EngineApi engine;

    public DockerCompletion(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public List<String> candidates(EmulatedProcess shell, List<String> before, String word) {
        List<String> words = before.subList(1, before.size());
        if (words.isEmpty()) {
            var names = new TreeSet<>(TREE.below("").keySet());
            names.addAll(TREE.groups().keySet());
            return List.copyOf(names);
        }
        if (words.getFirst().equals("compose")) {
            return compose(words.subList(1, words.size()), word);
        }
        boolean group = TREE.groups().containsKey(words.getFirst());
        if (group && words.size() == 1) {
            return List.copyOf(TREE.below(words.getFirst()).keySet());
        }
        int length = group ? 2 : 1;
        Command command = TREE.find(String.join(" ", words.subList(0, length)));
        return command == null ? List.of() : argument(command.usage(), command.flags(), words.subList(length, words.size()), word);
    }

    private List<String> compose(List<String> words, String word) {
        if (words.isEmpty()) {
            return ComposeCommands.names();
        }
        Flags flags = ComposeCommands.flags(words.getFirst());
        return flags == null ? List.of() : argument("", flags, words.subList(1, words.size()), word);
    }

    private List<String> argument(String usage, Flags flags, List<String> words, String word) {
        FlagSpec open = words.isEmpty() ? null : valueOf(flags, words.getLast());
        if (open != null) {
            return values(open);
        }
        if (word.startsWith("-")) {
            List<String> names = new ArrayList<>();
            for (FlagSpec spec : flags.specs()) {
                names.add("--" + spec.name());
                if (spec.shorthand() != 0 && word.length() < 2) {
                    names.add("-" + spec.shorthand());
                }
            }
            return names;
        }
        List<String> arguments;
        try {
            arguments = flags.parse(words, true).arguments();
        } catch (FlagException e) {
            return List.of();
        }
        return names(usage, arguments.size());
    }

    /** The flag that this word is, if its value is still to come. */
    private static @Nullable FlagSpec valueOf(Flags flags, String word) {
        for (FlagSpec spec : flags.specs()) {
            boolean meant = word.equals("--" + spec.name())
                    || (spec.shorthand() != 0 && word.length() > 1 && word.charAt(0) == '-' && word.charAt(1) != '-'
                            && word.charAt(word.length() - 1) == spec.shorthand());
            if (meant && !spec.isSwitch()) {
                return spec;
            }
        }
        return null;
    }

    private List<String> values(FlagSpec spec) {
        return switch (spec.name()) {
            case "network" -> networks();
            case "restart" -> List.of("no", "on-failure", "always", "unless-stopped");
            case "driver" -> List.of("bridge");
            case "volumes-from", "link" -> containers();
            default -> List.of();
        };
    }

    /** The names of what the usage line names in this place; the last is what more of them may follow. */
    private List<String> names(String usage, int place) {
        List<String> kinds = List.of(usage.replaceAll("\\[OPTIONS\\]|\\.\\.\\.|[\\[\\]]", " ").strip().split("\\s+"));
        String kind = kinds.get(Math.min(place, kinds.size() - 1)).split("\\|")[0];
        return switch (kind) {
            case "CONTAINER" -> containers();
            case "NETWORK" -> networks();
            case "IMAGE", "SOURCE_IMAGE" -> images();
            case "NAME" -> {
                List<String> all = new ArrayList<>(containers());
                all.addAll(networks());
                all.addAll(images());
                yield all;
            }
            default -> List.of();
        };
    }

    private List<String> containers() {
        return engine.containers().all().stream().map(ContainerView::name).toList();
    }

    private List<String> networks() {
        return engine.networks().all().stream().map(NetworkView::name).toList();
    }

    private List<String> images() {
        return engine.images().all().stream().flatMap(image -> image.tags().stream()).map(tag -> tag.replaceFirst(":latest$", "")).toList();
    }
}
