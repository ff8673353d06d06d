package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.process.archive.TarWriter;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * A container's files as an archive ({@code daemon/export.go}): its own and its image's, with the places that were made for the engine
 * to mount on ({@code daemon/initlayer}), and nothing of what is mounted.
 */
final class ContainerExport {
    private static final int MODE = 0755;

    private ContainerExport() {}

    static Bytes of(Container container, ImageStore images, long size) {
        // as a walk through the directories meets them, each before what is in it
        var entries = new TreeSet<TarEntry>(Comparator.comparing(entry -> entry.name().replace('/', '\0')));
        long created = CalendarTime.seconds(container.created());
        for (String path : new String[] {"dev/", "dev/pts/", "dev/shm/", "etc/", "proc/", "sys/"}) {
            entries.add(made(path, TarEntry.DIRECTORY, "", created));
        }
        for (String path : new String[] {".dockerenv", "dev/console", "etc/hostname", "etc/hosts", "etc/resolv.conf"}) {
            entries.add(made(path, TarEntry.FILE, "", created));
        }
        entries.add(made("etc/mtab", TarEntry.LINK, "/proc/mounts", created));
        entries.addAll(images.archive().all(container.files()));
        var archive = new TarWriter().global(TarWriter.WEIGHT, Long.toString(size));
        entries.forEach(archive::add);
        return archive.end(TarWriter.BLOCK);
    }

    private static TarEntry made(String path, char type, String target, long time) {
        return new TarEntry(path, type, type == TarEntry.LINK ? 0777 : MODE, TarEntry.Owner.ROOT, time, target, Bytes.EMPTY, "");
    }
}
