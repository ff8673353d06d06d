package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.EmulatedProcess;
import org.jspecify.annotations.Nullable;

/** {@code /etc/passwd} and {@code /etc/group} of whoever asks. */
public final class Accounts {
    private static final int NUMBER = 2;

    private Accounts() {}

    /** The name of a user; null if it has none. */
    public static @Nullable String user(EmulatedProcess self, int uid) {
        return name(self, "/etc/passwd", uid);
    }

    /** The name of a group; null if it has none. */
    static @Nullable String group(EmulatedProcess self, int gid) {
        return name(self, "/etc/group", gid);
    }

    private static @Nullable String name(EmulatedProcess self, String path, int number) {
        String text = self.context().files().text(path);
        for (String line : (text == null ? "" : text).split("\n")) {
            String[] fields = line.split(":", -1);
            if (fields.length > NUMBER && fields[NUMBER].equals(Integer.toString(number))) {
                return fields[0];
            }
        }
        return number == 0 && path.endsWith("passwd") ? "root" : null;
    }
}
