package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** The program {@code docker}: finds the command that is meant, parses its flags, and runs it. */
final class DockerCommand implements Program {
    private static final int USAGE_ERROR = 125;

    /** Starting the client and asking the engine take their time. */
    private static final long START_UP = 18_000_000;

    private static final CommandTree TREE = new CommandTree();

    private final EngineApi engine;

    DockerCommand(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public int main(EmulatedProcess self) {
        self.spend(START_UP);
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.isEmpty()) {
            self.print(HelpText.root(TREE));
            return 0;
        }
        String first = words.getFirst();
        switch (first) {
            case "--help", "-h", "help" -> {
                return help(self, words.subList(1, words.size()));
            }
            case "--version", "-v" -> {
                self.println("Docker version " + ClientVersion.VERSION + ", build " + ClientVersion.COMMIT);
                return 0;
            }
            default -> {
                return first.startsWith("-") && first.length() > 1 ? globalFlag(self, first) : dispatch(self, words);
            }
        }
    }

    private static int globalFlag(EmulatedProcess self, String flag) {
        String name = flag.split("=", 2)[0];
        if (List.of("-c", "--context", "-D", "--debug", "-H", "--host", "-l", "--log-level", "--config", "--tls",
                "--tlsverify").contains(name)) {
            return Unsupported.answer(self, "docker: " + name + " is not emulated");
        }
        self.error((flag.startsWith("--") ? "unknown flag: " + name : "unknown shorthand flag: '" + flag.charAt(1) + "' in " + flag)
                + "\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information");
        return USAGE_ERROR;
    }

    private static int help(EmulatedProcess self, List<String> words) {
        String name = String.join(" ", words);
        Command command = TREE.find(name);
        if (name.isEmpty()) {
            self.print(HelpText.root(TREE));
        } else if (command != null) {
            self.print(HelpText.command(name, command));
        } else if (TREE.groups().containsKey(name)) {
            self.print(HelpText.group(TREE, name));
        } else {
            self.error("unknown help topic: " + name);
            return 1;
        }
        return 0;
    }

    private int dispatch(EmulatedProcess self, List<String> words) {
        String first = words.getFirst();
        if (first.equals("compose")) {
            if (!engine.ping()) {
                self.error(EngineException.unreachable().message());
                return 1;
            }
            return ComposeCommands.main(self, engine, words.subList(1, words.size()));
        }
        if (TREE.groups().containsKey(first)) {
            return dispatchGroup(self, first, words.subList(1, words.size()));
        }
        Command command = TREE.find(first);
        if (command != null) {
            return run(self, first, command, words.subList(1, words.size()));
        }
        if (NotEmulated.isKnown(first)) {
            return Unsupported.answer(self, "docker " + first + " is not emulated");
        }
        self.error("docker: unknown command: docker " + first + "\n\nRun 'docker --help' for more information");
        return 1;
    }

    private int dispatchGroup(EmulatedProcess self, String group, List<String> words) {
        if (words.isEmpty() || words.getFirst().equals("--help") || words.getFirst().equals("-h")) {
            self.print(HelpText.group(TREE, group));
            return 0;
        }
        String name = group + " " + words.getFirst();
        Command command = TREE.find(name);
        if (command != null) {
            return run(self, name, command, words.subList(1, words.size()));
        }
        if (NotEmulated.isKnown(name)) {
            return Unsupported.answer(self, "docker " + name + " is not emulated");
        }
        if (words.getFirst().startsWith("-")) {
            self.error("unknown flag: " + words.getFirst() + "\n\nUsage:  docker " + usage(group) + "\n\nRun 'docker " + group
                    + " --help' for more information");
            return USAGE_ERROR;
        }
        self.error("docker: unknown command: docker " + name + "\n\nUsage:  docker " + usage(group) + "\n\nRun 'docker " + group
                + " --help' for more information");
        return 1;
    }

    /** A group's usage line; of most groups it does not say that a command follows. */
    private static String usage(String group) {
        return group.equals("volume") ? group + " COMMAND" : group;
    }

    private int run(EmulatedProcess self, String name, Command command, List<String> words) {
        String path = "docker " + name;
        String usage = "Usage:  " + path + (command.usage().isEmpty() ? "" : " " + command.usage());
        if (name.equals("build") || name.equals("image build") || name.startsWith("builder ")) {
            self.error(BuildCommand.deprecation(self));
        }
        ParsedFlags flags;
        try {
            flags = command.flags().parse(words, command.interspersed());
        } catch (FlagException e) {
            self.error(e.message() + "\n\n" + usage + "\n\nRun '" + path + " --help' for more information");
            return USAGE_ERROR;
        }
        if (flags.asksForHelp()) {
            self.print(HelpText.command(name, command));
            return 0;
        }
        String wrong = wrongCount(command, flags.arguments().size());
        if (!wrong.isEmpty()) {
            String verb = wrong.startsWith("requires at least") && !wrong.contains("at most") ? "See" : "Run";
            self.error("docker: '" + path + "' " + wrong + "\n\n" + usage + "\n\n" + verb + " '" + path + " --help' for more information");
            return 1;
        }
        for (FlagSpec spec : flags.given()) {
            if (!spec.emulated()) {
                return Unsupported.answer(self, path + ": --" + spec.name() + " is not emulated");
            }
        }
        if (!engine.ping()) {
            return unreachable(self, name);
        }
        try {
            return command.action().run(new Command.Call(self, engine, flags, path));
        } catch (EngineException e) {
            return answer(self, path, e);
        }
    }

    /** Nobody answers: all that can be said is what the client knows by itself. */
    private static int unreachable(EmulatedProcess self, String name) {
        String message = EngineException.unreachable().message();
        switch (name) {
            case "version" -> self.print(EngineInfo.clientVersionText());
            case "info", "system info" -> self.print(EngineInfo.clientInfoText() + "\nServer:\n");
            default -> {}
        }
        boolean runs = name.endsWith("run") || name.endsWith("create") && !name.contains("network");
        self.error(runs ? "docker: " + message + "\n\nRun 'docker " + name + " --help' for more information" : message);
        return runs ? USAGE_ERROR : 1;
    }

    /** The client's words for an engine's error; the exit status. */
    static int answer(EmulatedProcess self, String path, EngineException e) {
        if (e.isNotEmulated()) {
            return Unsupported.answer(self, path + ": " + e.message());
        }
        self.error("Error response from daemon: " + e.message());
        return 1;
    }

    private static String wrongCount(Command command, int count) {
        int minimum = command.minimum();
        int maximum = command.maximum();
        if (count >= minimum && (maximum < 0 || count <= maximum)) {
            return "";
        }
        if (maximum == 0) {
            return "accepts no arguments";
        }
        if (maximum < 0) {
            return "requires at least " + minimum + plural(minimum);
        }
        if (minimum == maximum) {
            return "requires " + minimum + plural(minimum);
        }
        return minimum == 0 ? "requires at most " + maximum + plural(maximum)
                : "requires at least " + minimum + " and at most " + maximum + plural(maximum);
    }

    private static String plural(int number) {
        return number == 1 ? " argument" : " arguments";
    }
}
