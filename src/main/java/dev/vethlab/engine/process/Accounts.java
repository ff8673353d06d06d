package dev.vethlab.engine.process;

import dev.vethlab.engine.process.file.FileSystem;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /etc/passwd} and {@code /etc/group} of whoever asks. */
public final class Accounts {
    public static final String USERS = "/etc/passwd";
    public static final String GROUPS = "/etc/group";

    private static final int NUMBER = 2;
    private static final int HOME = 5;

    private Accounts() {}

    /** The name of a user; null if it has none. */
    public static @Nullable String user(EmulatedProcess self, int uid) {
        String name = name(self, USERS, uid);
        return name == null && uid == 0 ? "root" : name;
    }

    /** The name of a group; null if it has none. */
    public static @Nullable String group(EmulatedProcess self, int gid) {
        return name(self, GROUPS, gid);
    }

    /** The number of a user or a group by name, in {@link #USERS} or {@link #GROUPS}. */
    public static OptionalInt number(EmulatedProcess self, String path, String name) {
        String[] entry = entry(self.context().files(), path, fields -> fields.length > NUMBER && fields[0].equals(name));
        return entry == null || !entry[NUMBER].matches("\\d{1,9}") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(entry[NUMBER]));
    }

    /** Where a user is at home; null if there is no such user. */
    public static @Nullable String home(EmulatedProcess self, String user) {
        String[] entry = entry(self.context().files(), USERS, fields -> fields.length > HOME && fields[0].equals(user));
        return entry == null ? null : entry[HOME];
    }

    private static @Nullable String name(EmulatedProcess self, String path, int number) {
        String[] entry = entry(self.context().files(), path,
                fields -> fields.length > NUMBER && fields[NUMBER].equals(Integer.toString(number)));
        return entry == null ? null : entry[0];
    }

    /** The fields of the first line of {@link #USERS} or {@link #GROUPS} that is meant; null if none is. */
    public static String @Nullable [] entry(FileSystem files, String path, Predicate<String[]> meant) {
        String text = files.text(path);
        if (text == null) {
            return null;
        }
        for (String line : text.split("\n")) {
            String[] fields = line.split(":", -1);
            if (meant.test(fields)) {
                return fields;
            }
        }
        return null;
    }
}
