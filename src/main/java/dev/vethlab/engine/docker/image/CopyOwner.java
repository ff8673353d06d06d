package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.function.Supplier;

/** Who {@code COPY --chown} means: numbers, or names as the image's own files say ({@code builder/dockerfile/internals_linux.go}). */
final class CopyOwner {
    private final FileSystem files;
    private final Supplier<String> ids;

    CopyOwner(FileSystem files, Supplier<String> ids) {
        this.files = files;
        this.ids = ids;
    }

    record Ids(int uid, int gid) {}

    /** @param text {@code user[:group]}; without a group, the group of the user's name */
    Ids find(String text) throws BuildFailure {
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw failure("invalid chown string format: " + text);
        }
        return new Ids(lookup("uid for user ", "no such user: ", Accounts.USERS, parts[0]),
                lookup("gid for group ", "no such group: ", Accounts.GROUPS, parts[parts.length - 1]));
    }

    private int lookup(String what, String missing, String path, String name) throws BuildFailure {
        if (name.matches("\\d{1,9}")) {
            return Integer.parseInt(name);
        }
        String content = files.text(path);
        if (content == null) {
            throw failure("can't find " + what + name + ": open /var/lib/docker/overlay2/" + ids.get() + "/merged" + path
                    + ": no such file or directory");
        }
        for (String line : content.split("\n")) {
            String[] fields = line.split(":", -1);
            if (fields[0].equals(name) && fields.length > 2 && fields[2].matches("\\d{1,9}")) {
                return Integer.parseInt(fields[2]);
            }
        }
        throw failure("can't find " + what + name + ": " + missing + name);
    }

    private static BuildFailure failure(String why) {
        return new BuildFailure("unable to convert uid/gid chown string to host mapping: " + why);
    }
}
