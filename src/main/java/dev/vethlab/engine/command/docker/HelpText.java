package dev.vethlab.engine.command.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code --help} prints: made from what is declared, so that it lists what works here. */
final class HelpText {
    private static final int WIDTH = 80;
    private static final List<String> COMMON = List.of("run", "exec", "ps", "build", "pull", "images", "version", "info");

    private HelpText() {}

    static String root(CommandTree tree) {
        Map<String, Command> commands = tree.below("");
        var text = new StringBuilder("Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\nCommon Commands:\n");
        for (String name : COMMON) {
            Command command = commands.get(name);
            if (command != null) {
                text.append(entry(name, command.summary()));
            }
        }
        text.append("\nManagement Commands:\n");
        new java.util.TreeMap<>(tree.groups()).forEach((name, summary) -> text.append(entry(name.equals("compose") ? "compose*" : name, summary)));
        text.append("\nCommands:\n");
        commands.forEach((name, command) -> {
            if (!COMMON.contains(name)) {
                text.append(entry(name, command.summary()));
            }
        });
        text.append("\nGlobal Options:\n  -v, --version   Print version information and quit\n");
        text.append("\nRun 'docker COMMAND --help' for more information on a command.\n");
        text.append("\nFor more help on how to use Docker, head to https://docs.docker.com/go/guides/\n");
        return text.toString();
    }

    static String group(CommandTree tree, String group) {
        var text = new StringBuilder("Usage:  docker " + group + " COMMAND\n\n" + tree.groups().get(group) + "\n\nCommands:\n");
        tree.below(group).forEach((name, command) -> text.append(entry(name, command.summary())));
        return text.append("\nRun 'docker ").append(group).append(" COMMAND --help' for more information on a command.\n").toString();
    }

    private static String entry(String name, String summary) {
        return String.format("  %-11s %s%n", name, summary).replace("\r", "");
    }

    static String command(String name, Command command) {
        var text = new StringBuilder("Usage:  docker " + name + (command.usage().isEmpty() ? "" : " " + command.usage()) + "\n\n");
        text.append(command.summary()).append('\n');
        List<String> aliases = CommandTree.aliases(command);
        if (aliases.size() > 1) {
            text.append("\nAliases:\n  ").append(String.join(", ", aliases)).append('\n');
        }
        List<FlagSpec> shown = command.flags().specs().stream().filter(spec -> spec.emulated() && !spec.usage().isEmpty()).toList();
        if (!shown.isEmpty()) {
            text.append("\nOptions:\n").append(options(shown));
        }
        return text.toString();
    }

    /** {@code pflag.FlagUsagesWrapped}: names in one column, descriptions wrapped in the other. */
    static String options(List<FlagSpec> specs) {
        var text = new StringBuilder();
        int widest = specs.stream().mapToInt(spec -> left(spec).length()).max().orElse(0) + 3;
        for (FlagSpec spec : specs) {
            String left = left(spec);
            text.append(left).append(" ".repeat(widest - left.length()));
            text.append(String.join("\n" + " ".repeat(widest), wrap(spec.usage(), WIDTH - widest))).append('\n');
        }
        return text.toString();
    }

    private static String left(FlagSpec spec) {
        String start = spec.shorthand() == 0 ? "      --" : "  -" + spec.shorthand() + ", --";
        return start + spec.name() + (spec.isSwitch() ? "" : " " + spec.type());
    }

    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        // pflag's wrapN: the last line may be a little longer rather than leave a short rest
        int slop = 5;
        String rest = text;
        while (rest.length() + slop > width && rest.length() > width) {
            int cut = rest.lastIndexOf(' ', width - 1);
            if (cut <= 0) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut + 1);
        }
        lines.add(rest);
        return lines;
    }
}
