package dev.vethlab.engine.command.core.sed;

import dev.vethlab.engine.command.core.Gnu;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sed}, GNU's 4.9: a script of commands run on every line of the input, with a pattern space and a hold space. */
public final class Sed {
    private static final String USAGE = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...";

    /**
     * What the options say.
     *
     * @param delimiter what ends a line
     * @param separate whether every file is a stream of its own
     * @param width of {@code l}'s lines; 0: as long as they are
     */
    record Settings(boolean quiet, boolean extended, char delimiter, boolean separate, int width) {}

    private Sed() {}

    /** The program. */
    public static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        argv.set(0, "sed");
        Getopt options = Gnu.parse(self, argv, "nEre:f:suzi::l:", "quiet=n", "silent=n", "regexp-extended=E", "expression:=e", "file:=f",
                "separate=s", "unbuffered=u", "null-data=z", "in-place::=i", "line-length:=l", "posix", "follow-symlinks", "debug",
                "sandbox");
        if (options.error() != null) {
            self.error(options.error());
            self.error(USAGE);
            return 1;
        }
        for (String refused : List.of("debug", "sandbox")) {
            if (options.has(refused)) {
                return Unsupported.answer(self, "sed: --" + refused + " is not emulated");
            }
        }
        List<String> operands = new ArrayList<>(options.operands());
        var script = new SedScript();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("e")) {
                script.add(option.value());
            } else if (option.name().equals("f")) {
                try {
                    script.addFile(option.value(), self.context().files().readAll(self, option.value()).text());
                } catch (KernelException e) {
                    self.error("sed: couldn't open file " + option.value() + ": " + e.errno().message());
                    return SedInput.PANIC;
                }
            }
        }
        if (!options.has("e") && !options.has("f")) {
            if (operands.isEmpty()) {
                self.error(USAGE);
                return 1;
            }
            script.add(operands.removeFirst());
        }
        boolean inPlace = options.has("i");
        var settings = new Settings(options.has("n") || script.text().startsWith("#n\n") || script.text().equals("#n"),
                options.has("E") || options.has("r"), options.has("z") ? '\0' : '\n', options.has("s") || inPlace,
                width(options.value("l")));
        List<SedCommand> commands = new ArrayList<>();
        try {
            new SedParser(self, script, settings.extended(), commands).parse();
        } catch (SedParser.Mistake e) {
            self.error("sed: " + e.getMessage());
            return 1;
        }
        for (SedCommand command : commands) {
            if (command.action() instanceof SedCommand.Action.Simple jump && "btT".indexOf(jump.letter()) >= 0
                    && !jump.text().isEmpty() && SedCommand.label(commands, jump.text()) < 0) {
                self.error("sed: can't find label for jump to `" + jump.text() + "'");
                return SedInput.PANIC;
            }
        }
        if (inPlace && operands.isEmpty()) {
            self.error("sed: no input files");
            return SedInput.PANIC;
        }
        var run = new SedRun(self, commands, settings);
        SedInput.Boundaries boundaries = inPlace ? new SedInPlace(self, run, options.value("i")) : run;
        var input = new SedInput(self, operands.isEmpty() ? List.of("-") : operands, settings, boundaries);
        return Math.max(run.run(input), input.failed() ? 2 : 0);
    }

    private static int width(@Nullable String given) {
        int width = given == null || !given.matches("\\d{1,6}") ? 70 : Integer.parseInt(given);
        return width == 1 ? 0 : width;
    }
}
