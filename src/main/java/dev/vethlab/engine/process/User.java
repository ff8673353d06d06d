package dev.vethlab.engine.process;

import java.util.List;

/**
 * Whose rights a process has (credentials(7)).
 *
 * @param groups those it is in beside {@code gid}
 */
public record User(int uid, int gid, List<Integer> groups) {
    public static final User ROOT = new User(0, 0);

    public User {
        groups = List.copyOf(groups);
    }

    public User(int uid, int gid) {
        this(uid, gid, List.of());
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** Whether a group's rights are its own. */
    public boolean isIn(int group) {
        return group == gid || groups.contains(group);
    }
}
