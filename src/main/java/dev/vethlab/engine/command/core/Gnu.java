package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GNU programs have in common: options, and how they say what is wrong. */
public final class Gnu {
    private Gnu() {}

    /** Reads the options; null after a complaint, and then the program ends with {@code 1} or its own status for misuse. */
    static @Nullable Getopt options(EmulatedProcess self, String shorts, String... longs) {
        Getopt options = parse(self, argv(self), shorts, longs);
        if (options.error() != null) {
            self.error(options.error());
            tryHelp(self);
            return null;
        }
        return options;
    }

    /**
     * As {@link Getopt#parse}, but every GNU program has {@code --help} and {@code --version}. Their texts are not kept: a line says
     * which options there are, and the program ends with exit status 95.
     */
    public static Getopt parse(EmulatedProcess self, List<String> argv, String shorts, String... longs) {
        for (String word : argv.subList(1, argv.size())) {
            if (word.equals("--") || shorts.startsWith("+") && !word.startsWith("-")) {
                break;
            }
            if (word.equals("--version")) {
                self.exit(Unsupported.answer(self, argv.getFirst() + ": its version is not emulated"));
            }
            if (word.equals("--help")) {
                var known = new StringBuilder();
                shorts.chars().filter(c -> ":+".indexOf(c) < 0).forEach(c -> known.append(" -").append((char) c));
                for (String name : longs) {
                    known.append(" --").append(name.split("[:=]", 2)[0]);
                }
                self.exit(Unsupported.answer(self, argv.getFirst() + ": its help is not emulated"
                        + (known.isEmpty() ? "" : "; it takes" + known)));
            }
        }
        return Getopt.parse(argv, shorts, longs);
    }

    /** {@code argv} with the program's name without its directory. */
    static List<String> argv(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        argv.set(0, self.name());
        return argv;
    }

    static void tryHelp(EmulatedProcess self) {
        if (AppletUsage.print(self)) {
            return;
        }
        self.error("Try '" + self.name() + " --help' for more information.");
    }

    /** What is wrong with the operands, and where help is; an applet only says how it is called. */
    static void misuse(EmulatedProcess self, String complaint) {
        if (!AppletUsage.print(self)) {
            self.error(complaint);
            tryHelp(self);
        }
    }

    /** A word in the quotes of the locale, as gnulib's {@code quote()} has it; {@code quoteaf()}, for file names, uses the plain ones. */
    static String quote(EmulatedProcess self, String word) {
        var environment = self.context().environment();
        String locale = environment.getOrDefault("LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
        return locale.endsWith("UTF-8") ? "\u2018" + word + "\u2019" : "'" + word + "'";
    }

    /** {@code NAME: SUBJECT: strerror}. */
    static void complain(EmulatedProcess self, String subject, KernelException e) {
        self.error(self.name() + ": " + subject + ": " + e.errno().message());
    }

    /** {@code NAME: missing operand} and where help is; 1. */
    static int missingOperand(EmulatedProcess self) {
        if (AppletUsage.print(self)) {
            return 1;
        }
        self.error(self.name() + ": missing operand");
        tryHelp(self);
        return 1;
    }

    /** What ends a line: {@code -z} is NUL. */
    static char lineEnd(Getopt options) {
        return options.has("z") ? '\0' : '\n';
    }

    /** The files to read: {@code -} for standard input if none is named. */
    static List<String> files(Getopt options) {
        return options.operands().isEmpty() ? List.of("-") : options.operands();
    }
}
