package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.file.FileMode;
import dev.vethlab.engine.shell.Interpreter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** {@code umask}: the rights that new files do not get, as a number or as the rights that are left. */
final class UmaskBuiltin {
    private static final int ALL = 0777;

    private UmaskBuiltin() {}

    static int run(Interpreter shell, List<String> words) {
        ProcessContext context = shell.process().context();
        boolean symbolic = words.contains("-S");
        boolean reusable = words.contains("-p");
        List<String> modes = words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        if (modes.isEmpty()) {
            shell.process().println((reusable ? "umask " : "") + (reusable && symbolic ? "-S " : "") + text(context.umask(), symbolic));
            return 0;
        }
        String mode = modes.getFirst();
        if (mode.matches("[0-7]{1,4}") && Integer.parseInt(mode, 8) <= ALL) {
            context.setUmask(Integer.parseInt(mode, 8));
        } else if (!mode.isEmpty() && Character.isDigit(mode.charAt(0))) {
            shell.complain("umask: " + mode + ": octal number out of range");
            return shell.state().isBash() ? 1 : 2;
        } else if (!mode.matches("[ugoa]*[-+=][rwx]*(,[ugoa]*[-+=][rwx]*)*,*")) {
            shell.complain("umask: `" + (mode.isEmpty() ? '\0' : mode.charAt(0)) + "': invalid symbolic mode operator");
            return shell.state().isBash() ? 1 : 2;
        } else {
            context.setUmask(~Objects.requireNonNull(FileMode.apply(mode, context.masked(ALL), false)) & ALL);
        }
        return 0;
    }

    private static String text(int mask, boolean symbolic) {
        return symbolic ? "u=" + letters(~mask >> 6) + ",g=" + letters(~mask >> 3) + ",o=" + letters(~mask)
                : String.format(Locale.ROOT, "%04o", mask);
    }

    private static String letters(int bits) {
        return ((bits & 4) != 0 ? "r" : "") + ((bits & 2) != 0 ? "w" : "") + ((bits & 1) != 0 ? "x" : "");
    }
}
