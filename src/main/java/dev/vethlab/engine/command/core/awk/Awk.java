package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.syntax.Escapes;
import java.util.ArrayList;
import java.util.List;

/** {@code awk}: its options, and the run of a program over the input. */
public final class Awk {
    private Awk() {}

    /** The program. */
    public static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        argv.set(0, "awk");
        Getopt options = Getopt.parse(argv, "+F:v:f:W:", "assign:=v", "field-separator:=F", "file:=f", "posix", "version", "help");
        if (options.error() != null) {
            String wrong = String.valueOf(options.error()).replaceFirst("(?s)^[^']*'-*(.*?)'.*", "$1");
            String dashed = (wrong.length() == 1 ? "-" : "--") + wrong;
            self.error(options.error().contains("requires") ? "awk: option " + dashed + " lacks argument" : "awk: not an option: " + dashed);
            return 2;
        }
        String asked = String.valueOf(options.value("W"));
        if (options.has("version") || asked.equals("version") || asked.equals("v")) {
            self.print(AwkUsage.VERSION);
            return 0;
        }
        if (options.has("help") || asked.equals("help") || asked.equals("usage")) {
            self.print(AwkUsage.TEXT);
            return 0;
        }
        List<String> operands = new ArrayList<>(options.operands());
        var source = new StringBuilder();
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("f")) {
                try {
                    source.append(self.context().files().readAll(self, option.value()).text()).append('\n');
                } catch (KernelException e) {
                    self.error("awk: cannot open \"" + option.value() + "\" (" + e.errno().message() + ")");
                    return 2;
                }
            }
        }
        if (!options.has("f")) {
            if (operands.isEmpty()) {
                self.print(AwkUsage.TEXT);
                return 0;
            }
            source.append(operands.removeFirst()).append('\n');
        }
        try {
            var parser = new AwkParser(self, source.toString());
            parser.parse();
            var interpreter = new AwkInterpreter(self, parser.items(), parser.functions(), operands);
            for (Getopt.Option option : options.options()) {
                if (option.name().equals("F")) {
                    interpreter.variables().set("FS", Value.of(Escapes.ansi(option.value())));
                } else if (option.name().equals("v")) {
                    int equals = option.value().indexOf('=');
                    if (!option.value().matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
                        self.error("awk: improper assignment: -v " + option.value());
                        return 2;
                    }
                    interpreter.variables().set(
                            option.value().substring(0, equals), Value.input(Escapes.ansi(option.value().substring(equals + 1))));
                }
            }
            return interpreter.run();
        } catch (AwkLexer.Mistake e) {
            self.error(String.valueOf(e.getMessage()).startsWith("vethlab:") ? e.getMessage() : "awk: " + e.getMessage());
            return 2;
        }
    }
}
