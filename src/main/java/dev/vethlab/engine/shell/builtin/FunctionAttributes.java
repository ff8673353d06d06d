package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.Functions;
import dev.vethlab.engine.shell.Interpreter;
import java.util.List;
import java.util.function.Predicate;

/** What {@code declare}, {@code export} and {@code readonly} do with {@code -f}. */
final class FunctionAttributes {
    private FunctionAttributes() {}

    /** {@code declare -f} and {@code -F}, with {@code x} or {@code r} perhaps. */
    static int declare(Interpreter shell, String flags, List<String> names) {
        Functions functions = shell.state().functions;
        boolean exports = flags.contains("x");
        boolean closes = flags.contains("r");
        if (names.isEmpty()) {
            list(shell, name -> (!exports || functions.flags(name).contains("x")) && (!closes || functions.flags(name).contains("r")),
                    !flags.contains("F"));
            return 0;
        }
        int status = 0;
        for (String name : names) {
            if (!functions.isDefined(name)) {
                status = 1;
            } else if (exports || closes) {
                functions.export(name, exports || functions.flags(name).contains("x"));
                if (closes) {
                    functions.makeReadOnly(name);
                }
            } else {
                shell.process().println(flags.contains("F") ? name : functions.text(name));
            }
        }
        return status;
    }

    /** {@code export -f}, and {@code -fn}. */
    static int export(Interpreter shell, List<String> names, boolean exported) {
        Functions functions = shell.state().functions;
        return each(shell, "export", names, "x", name -> functions.export(name, exported));
    }

    /** {@code readonly -f}. */
    static int makeReadOnly(Interpreter shell, List<String> names) {
        return each(shell, "readonly", names, "r", shell.state().functions::makeReadOnly);
    }

    private static int each(Interpreter shell, String builtin, List<String> names, String flag, Predicate<String> change) {
        if (names.isEmpty()) {
            list(shell, name -> shell.state().functions.flags(name).contains(flag), true);
        }
        int status = 0;
        for (String name : names) {
            if (!change.test(name)) {
                shell.complain(builtin + ": " + name + ": not a function");
                status = 1;
            }
        }
        return status;
    }

    private static void list(Interpreter shell, Predicate<String> which, boolean withText) {
        Functions functions = shell.state().functions;
        for (String name : functions.names().stream().filter(which).toList()) {
            String flags = functions.flags(name);
            if (withText) {
                shell.process().println(functions.text(name));
            }
            if (!withText || !flags.isEmpty()) {
                shell.process().println("declare -f" + flags + " " + name);
            }
        }
    }
}
