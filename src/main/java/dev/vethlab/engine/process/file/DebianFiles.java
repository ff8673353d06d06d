package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Services;
import java.util.List;

/** What Debian has in a machine and in an image alike: merged directories of programs, accounts, names of services. */
public final class DebianFiles {
    private DebianFiles() {}

    public static void addTo(FileSystem files) {
        files.addLink("/bin", "usr/bin");
        files.addLink("/sbin", "usr/sbin");
        files.addLink("/lib", "usr/lib");
        files.addLink("/lib64", "usr/lib64");
        for (String directory : List.of("/boot", "/home", "/media", "/mnt", "/opt", "/srv", "/usr/lib", "/usr/lib64", "/usr/local/bin", "/var/lib")) {
            files.addDirectory(directory);
        }
        files.addFile("/etc/passwd", """
                root:x:0:0:root:/root:/bin/bash
                www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """);
        files.addFile("/etc/group", """
                root:x:0:
                www-data:x:33:
                nogroup:x:65534:
                """);
        files.addFile("/etc/services", Services.file());
        files.addFile("/etc/nsswitch.conf", "hosts: files dns\n");
    }
}
