package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code --user} means in a container's files ({@code moby/sys/user}, {@code GetExecUser}). */
final class Users {
    private static final int UID = 2;
    private static final int GID = 3;
    private static final int HOME = 5;

    private Users() {}

    /** A user, and where it is at home. */
    record Found(User user, String home) {}

    /**
     * @param text {@code name|uid[:group|gid]}; empty for root
     * @param more groups to be in beside: names or numbers
     */
    static Found find(FileSystem files, String text, List<String> more) throws EngineException {
        String[] parts = (text.isEmpty() ? "0" : text).split(":", 2);
        String[] entry = entry(files, Accounts.USERS, parts[0], UID);
        if (entry == null && !parts[0].matches("\\d{1,9}")) {
            throw EngineException.badRequest("unable to find user " + parts[0] + ": no matching entries in passwd file");
        }
        int uid = Integer.parseInt(entry == null ? parts[0] : entry[UID]);
        int gid = entry == null || entry.length <= GID ? 0 : Integer.parseInt(entry[GID]);
        if (parts.length > 1) {
            String[] group = entry(files, Accounts.GROUPS, parts[1], UID);
            if (group == null && !parts[1].matches("\\d{1,9}")) {
                throw EngineException.badRequest("unable to find group " + parts[1] + ": no matching entries in group file");
            }
            gid = Integer.parseInt(group == null ? parts[1] : group[UID]);
        }
        var groups = new ArrayList<Integer>(List.of(gid));
        if (entry != null && parts.length == 1) {
            memberships(files, entry[0]).stream().filter(group -> !groups.contains(group)).forEach(groups::add);
        }
        for (String name : more) {
            String[] group = entry(files, Accounts.GROUPS, name, UID);
            if (group == null && !name.matches("\\d{1,9}")) {
                throw EngineException.badRequest("unable to find group " + name + ": no matching entries in group file");
            }
            int number = Integer.parseInt(group == null ? name : group[UID]);
            if (!groups.contains(number)) {
                groups.add(number);
            }
        }
        return new Found(new User(uid, gid, groups), entry == null || entry.length <= HOME ? "/" : entry[HOME]);
    }

    /** The groups that name a user as one of theirs. */
    private static List<Integer> memberships(FileSystem files, String name) {
        var groups = new ArrayList<Integer>();
        String text = files.text(Accounts.GROUPS);
        for (String line : text == null ? new String[0] : text.split("\n")) {
            if (line.endsWith(":")) {
                continue; // nobody is named
            }
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && List.of(fields[3].split(",")).contains(name) && fields[UID].matches("\\d{1,9}")) {
                groups.add(Integer.valueOf(fields[UID]));
            }
        }
        return groups;
    }

    /** The line of a file of {@code passwd}'s kind that is about this name or number; null if there is none. */
    private static String @Nullable [] entry(FileSystem files, String path, String term, int number) {
        return Accounts.entry(files, path, fields -> fields.length > number && fields[number].matches("\\d{1,9}")
                && (fields[0].equals(term) || fields[number].equals(term)));
    }
}
