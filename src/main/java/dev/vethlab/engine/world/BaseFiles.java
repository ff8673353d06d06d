package dev.vethlab.engine.world;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.docker.image.NginxPage;
import dev.vethlab.engine.process.file.DebianFiles;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.SystemFiles;
import java.util.List;

/** The files that every machine has: programs, devices, {@code /etc}. One tree for all sessions, copied where it is written to. */
final class BaseFiles {
    private static final String HOSTS = """
            127.0.0.1\tlocalhost
            192.168.1.1\trouter
            192.168.1.10\thost
            192.168.1.20\tclient
            198.51.100.80\tinternet
            """;

    private static final FileSystem TREE = build();

    private BaseFiles() {}

    /** The files of a machine with this name. */
    static synchronized FileSystem of(String hostname) {
        FileSystem files = TREE.copy();
        files.addFile("/etc/hostname", hostname + "\n");
        return files;
    }

    private static FileSystem build() {
        var files = new FileSystem();
        for (String directory : List.of("/root", "/run", "/var/log", "/home", "/mnt", "/opt", "/srv",
                "/etc/docker")) {
            files.addDirectory(directory);
        }
        files.addLink("/var/run", "/run");
        files.addDirectory("/tmp", 01777);
        files.addDirectory("/var/tmp", 01777);
        SystemFiles.addToMachine(files);
        Programs.all().forEach((name, program) -> {
            if (!name.endsWith(".py") && !name.contains(":")) {
                files.addExecutable(SystemFiles.programPath(name), program);
            }
        });
        DebianFiles.addTo(files);
        files.addFile("/etc/hosts", HOSTS);
        files.addFile(NginxPage.PATH, NginxPage.TEXT);
        files.addFile(NginxPage.PACKAGED, NginxPage.TEXT);
        files.addFile("/etc/host.conf", "multi on\n");
        files.addFile("/etc/hosts.allow", "# nothing is allowed by name here\n");
        files.addFile("/etc/hosts.deny", "# nothing is denied by name here\n");
        files.addFile("/etc/resolv.conf", "nameserver 192.168.1.1\n");
        files.addFile("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux forky/sid\"\nNAME=\"Debian GNU/Linux\"\nID=debian\n");
        return files;
    }
}
