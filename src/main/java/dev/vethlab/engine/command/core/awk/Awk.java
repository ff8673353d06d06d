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
        Getopt options = Getopt.parse(argv, "+F:v:f:W:", "assign:=v", "field-separator:=F", "file:=f", "posix");
        if (options.error() != null) {
            self.error(options.error());
            return 2;
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
                self.error("usage: awk [Options] [Program] [file ...]");
                return 2;
            }
            source.append(operands.removeFirst());
        }
        try {
            var parser = new AwkParser(self, source.toString());
            parser.parse();
            var interpreter = new AwkInterpreter(self, parser.items(), parser.functions(), operands);
            for (Getopt.Option option : options.options()) {
                if (option.name().equals("F")) {
                    interpreter.variables().set("FS", Value.of(option.value().equals("t") ? "\t" : Escapes.ansi(option.value())));
                } else if (option.name().equals("v")) {
                    int equals = option.value().indexOf('=');
                    if (equals <= 0) {
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
