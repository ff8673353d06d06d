package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.process.Signal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Signals as people write them: {@code INT}, {@code SIGINT}, {@code 2}. */
public final class Signals {
    private Signals() {}

    public static @Nullable Signal parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (Signal signal : Signal.values()) {
            if (name.equals(signal.name()) || name.equals("SIG" + signal.name()) || name.equals(Integer.toString(signal.number()))) {
                return signal;
            }
        }
        return null;
    }
}
