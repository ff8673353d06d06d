package dev.vethlab.transcript;

import dev.vethlab.transcript.Transcript.Command;
import java.util.ArrayList;
import java.util.List;

/** Types a transcript's commands into a fresh session and compares what comes back, folded. */
final class Replayer {
    /** What a shell answered: both streams in order, and the exit status. */
    record Answer(String output, int exitCode) {}

    /** Somebody who can type on the machines of one session. */
    interface Typist extends AutoCloseable {
        Answer type(String node, String command);

        @Override
        void close();
    }

    /** Opens a fresh session of a world; {@code dockerd} are flags of the engine, empty for none. */
    interface Lab {
        Typist open(String world, String dockerd);
    }

    /**
     * One command, as recorded and as answered, both folded.
     *
     * @param misaligned where the words are the same and the blanks between them are not
     */
    record Compared(Command command, List<String> recorded, List<String> answered, List<String> misaligned, int answeredExit) {
        boolean isEqual() {
            return recorded.equals(answered) && misaligned.isEmpty() && command.exitCode() == answeredExit;
        }

        /** The difference for people to read, indented. */
        String difference() {
            String exit = command.exitCode() == answeredExit
                    ? ""
                    : "   [exit " + answeredExit + ", recorded " + command.exitCode() + "]";
            var text = new StringBuilder("  " + command + exit + "\n");
            Differences.between(recorded, answered).forEach(line -> text.append("    ").append(line).append('\n'));
            misaligned.forEach(line -> text.append("    ").append(line).append('\n'));
            return text.toString();
        }
    }

    record Result(Transcript transcript, List<Compared> commands) {
        long equal() {
            return commands.stream().filter(Compared::isEqual).count();
        }

        boolean isWhole() {
            return equal() == commands.size();
        }

        String score() {
            return "%s %3d/%-3d %s".formatted(isWhole() ? "ok  " : "DIFF", equal(), commands.size(), transcript.name());
        }

        String differences() {
            var text = new StringBuilder();
            commands.stream().filter(c -> !c.isEqual()).forEach(c -> text.append(c.difference()));
            return text.toString();
        }
    }

    private final Lab lab;

    Replayer(Lab lab) {
        this.lab = lab;
    }

    Result replay(Transcript transcript) {
        var theirs = new Folder();
        var ours = new Folder();
        List<Compared> compared = new ArrayList<>();
        try (Typist typist = lab.open(transcript.world(), transcript.dockerd())) {
            for (Command command : transcript.commands()) {
                Answer answer = typist.type(command.node(), command.text());
                compared.add(command.compared()
                        ? compared(command, theirs.lines(command.output()), lines(answer.output()), ours, answer.exitCode())
                        : new Compared(command, List.of(), List.of(), List.of(), answer.exitCode()));
            }
        }
        return new Result(transcript, List.copyOf(compared));
    }

    private static Compared compared(Command command, List<String> recorded, List<String> raw, Folder ours, int exitCode) {
        List<String> answered = ours.lines(raw);
        List<String> misaligned = recorded.equals(answered) && !command.text().contains("|")
                ? Blanks.misaligned(command.output(), raw)
                : List.of();
        return new Compared(command, recorded, answered, misaligned, exitCode);
    }

    private static List<String> lines(String output) {
        List<String> lines = new ArrayList<>(List.of(Transcript.lines(output)));
        Transcript.dropBlankEnd(lines);
        return lines;
    }
}
