package dev.vethlab.session;

/** What somebody may do in a session. */
public enum Role {
    /** Made the session: may do everything. */
    OWNER,
    /** May type. */
    PARTICIPANT,
    /** May look. */
    VIEWER;

    public boolean mayType() {
        return this != VIEWER;
    }
}
