package dev.vethlab.engine.process.archive;

import dev.vethlab.engine.packet.Bytes;

/**
 * One file of an archive.
 *
 * @param name as the archive has it; a directory's ends with a slash
 * @param type {@code 0} for a file, {@code 5} for a directory, {@code 2} for a symbolic link
 * @param target what a link points to
 * @param owner whose it is, by name and number
 * @param modified seconds since 1970
 * @param program what runs when the file is executed, by the name that the machine's maker gave it; empty for files that are only bytes
 */
public record TarEntry(String name, char type, int mode, Owner owner, long modified, String target, Bytes content, String program) {
    public static final char FILE = '0';
    public static final char LINK = '2';
    public static final char DIRECTORY = '5';

    /** Names are empty where only the numbers are known. */
    public record Owner(int uid, int gid, String user, String group) {
        /** Root by number. */
        public static final Owner ROOT = new Owner(0, 0, "", "");
    }

    public boolean isDirectory() {
        return type == DIRECTORY;
    }

    public boolean isLink() {
        return type == LINK;
    }

    /** The same under another name. */
    public TarEntry called(String other) {
        return new TarEntry(other, type, mode, owner, modified, target, content, program);
    }
}
