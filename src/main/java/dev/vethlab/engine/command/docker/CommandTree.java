package dev.vethlab.engine.command.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All commands of the client, by the words that lead to them. */
final class CommandTree {
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Map<String, String> groups = new LinkedHashMap<>();

    CommandTree() {
        group("builder", "Manage builds");
        group("compose", "Docker Compose");
        group("container", "Manage containers");
        group("image", "Manage images");
        group("network", "Manage networks");
        group("system", "Manage Docker");
        group("volume", "Manage volumes");
        group("context", "Manage contexts");
        RunCommands.ALL.forEach(this::add);
        ContainerCommands.ALL.forEach(this::add);
        ListCommands.ALL.forEach(this::add);
        NetworkCommands.ALL.forEach(this::add);
        VolumeCommands.ALL.forEach(this::add);
        InspectCommands.ALL.forEach(this::add);
        EventCommands.ALL.forEach(this::add);
        OutputCommands.ALL.forEach(this::add);
        ProcessCommands.ALL.forEach(this::add);
        ImageCommands.ALL.forEach(this::add);
        SystemCommands.ALL.forEach(this::add);
        CopyCommand.ALL.forEach(this::add);
        ArchiveCommands.ALL.forEach(this::add);
        BuildCommand.ALL.forEach(this::add);
        ChangeCommands.ALL.forEach(this::add);
    }

    private void group(String name, String summary) {
        groups.put(name, summary);
    }

    private void add(Command command) {
        command.names().forEach(name -> commands.put(name, command));
    }

    /** Each command once, those of Compose not among them. */
    List<Command> all() {
        return commands.values().stream().distinct().toList();
    }

    @Nullable Command find(String name) {
        return commands.get(name);
    }

    /** The groups of commands, with what they are for. */
    Map<String, String> groups() {
        return groups;
    }

    /** The commands directly below a group, by their names in it; the empty group is the root. */
    Map<String, Command> below(String group) {
        var found = new java.util.TreeMap<String, Command>();
        String prefix = group.isEmpty() ? "" : group + " ";
        var seen = new ArrayList<Command>();
        commands.forEach((name, command) -> {
            boolean direct = name.startsWith(prefix) && name.indexOf(' ', prefix.length()) < 0;
            if (direct && !seen.contains(command)) {
                seen.add(command);
                found.put(name.substring(prefix.length()), command);
            }
        });
        return found;
    }

    /** The aliases that help lists: all names, with the program's. */
    static List<String> aliases(Command command) {
        return command.names().stream().map(n -> "docker " + n).toList();
    }
}
