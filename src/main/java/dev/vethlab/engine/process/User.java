package dev.vethlab.engine.process;

/** Whose rights a process has (credentials(7)). */
public record User(int uid, int gid) {
    public static final User ROOT = new User(0, 0);

    public boolean isRoot() {
        return uid == 0;
    }
}
