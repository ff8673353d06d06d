package dev.vethlab.engine.command.docker;

/** What the client says it is. */
final class ClientVersion {
    static final String VERSION = "28.5.2+dfsg4";
    static final String COMMIT = "9cc6dea35e9a963f281434761c656fba4ac43aed";

    private ClientVersion() {}
}
