package dev.vethlab.engine.command.archive;

import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.process.file.FileMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The long lines of {@code tar -tv}. */
final class TarListing {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int SIZE = 9;

    private final boolean busybox;

    /** The width of owner and size together, which grows with what is shown (GNU tar's {@code ugswidth}). */
    private int width = 19;

    TarListing(boolean busybox) {
        this.busybox = busybox;
    }

    String line(TarEntry entry) {
        String owner = name(entry.owner().user(), entry.owner().uid()) + "/" + name(entry.owner().group(), entry.owner().gid());
        String size = Integer.toString(entry.content().length());
        int least = owner.length() + 1 + size.length();
        width = Math.max(width, least);
        int blanks = busybox ? Math.max(1, SIZE + 1 - size.length()) : width - least + 1;
        String time = (busybox ? SECONDS : MINUTES).format(Instant.ofEpochSecond(entry.modified()));
        char type = entry.isDirectory() ? 'd' : entry.isLink() ? 'l' : '-';
        return type + FileMode.permissions(entry.mode()) + " " + owner + " ".repeat(blanks) + size + " " + time + " " + entry.name()
                + (entry.isLink() ? " -> " + entry.target() : "");
    }

    private static String name(String name, int number) {
        return name.isEmpty() ? Integer.toString(number) : name;
    }
}
