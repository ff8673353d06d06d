package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.SeededRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that the kernel provides: {@code /dev}, and {@code /proc} with {@link SysctlFiles} and {@link ProcessFiles}. */
public final class SystemFiles {
    private static final long SECOND = 1_000_000_000L;

    /** What Debian keeps in {@code /usr/sbin}. */
    private static final List<String> ADMINISTRATIVE = List.of("addgroup", "adduser", "arp", "arptables-restore", "arptables-save",
            "brctl", "bridge", "capsh", "chroot", "conntrack", "dnsmasq", "docker-proxy", "dockerd", "ebtables-restore", "ebtables-save",
            "ethtool", "getcap", "groupadd", "ifconfig", "ip", "ip6tables-legacy", "ip6tables-nft", "ipset", "iptables",
            "iptables-apply", "iptables-legacy-restore", "iptables-legacy-save", "iptables-nft", "iptables-nft-restore",
            "iptables-nft-save", "iptables-restore", "iptables-save", "iptables-translate", "losetup", "mii-tool", "nft", "nginx",
            "route", "rtmon", "runc", "runuser", "service", "setcap", "sysctl", "tc", "tcptraceroute", "tipc", "traceroute", "useradd",
            "userdel", "usermod", "xtables-monitor");

    /** Vethlab's own program stands where an administrator would have put it. */
    private static final String OWN = "why";

    private SystemFiles() {}

    /** Where Debian has the program of this name. */
    public static String programPath(String name) {
        if (name.equals(OWN)) {
            return "/usr/local/bin/" + name;
        }
        return (ADMINISTRATIVE.contains(name) ? "/usr/sbin/" : "/usr/bin/") + name;
    }

    /** Adds them to a tree; they read the same in every machine, so images can share them. */
    public static void addTo(FileSystem files) {
        files.addSpecial("/dev/null", SpecialFile.device((self, writing) -> new NullFile()));
        files.addSpecial("/dev/zero", SpecialFile.device((self, writing) -> new Endless(null)));
        files.addSpecial("/dev/random", SpecialFile.device((self, writing) -> new Endless(self.simulation().random("urandom"))));
        files.addSpecial("/dev/urandom", SpecialFile.device((self, writing) -> new Endless(self.simulation().random("urandom"))));
        files.addSpecial("/dev/full", SpecialFile.device((self, writing) -> new Full()));
        files.addSpecial("/dev/tty", SpecialFile.device((self, writing) -> terminalOf(self)));
        files.addLink("/dev/fd", "/proc/self/fd");
        files.addLink("/dev/stdin", "/proc/self/fd/0");
        files.addLink("/dev/stdout", "/proc/self/fd/1");
        files.addLink("/dev/stderr", "/proc/self/fd/2");
        files.addDirectory("/dev/pts");
        files.addDirectory("/dev/shm", 01777);
        addProc(files);
    }

    /** Adds what only a machine has and no container: the names of its network namespaces. */
    public static void addToMachine(FileSystem files) {
        addTo(files);
        NetworkFiles.addNamespaceNames(files);
    }

    private static void addProc(FileSystem files) {
        NetworkFiles.addTo(files);
        files.addLink("/proc/mounts", "self/mounts");
        files.addGenerated("/proc", new GeneratedDirectory(ProcessFiles::processes));
        files.addGenerated("/proc/sys", new GeneratedDirectory(new SysctlFiles("")));
        files.addSpecial("/proc/version", SpecialFile.generated(self -> "Linux version " + Machine.KERNEL_RELEASE
                + " (build@vethlab) (gcc (Debian 15.2.0) 15.2.0, GNU ld 2.45) " + Machine.KERNEL_VERSION + "\n"));
        files.addSpecial("/proc/uptime", SpecialFile.generated(self -> {
            String seconds = hundredths(self.now());
            return seconds + " " + seconds + "\n";
        }));
        files.addSpecial("/proc/loadavg", SpecialFile.generated(
                self -> "0.00 0.00 0.00 1/" + self.table().processes().size() + " " + self.pid() + "\n"));
        files.addSpecial("/proc/filesystems", SpecialFile.generated(self ->
                "nodev\tsysfs\nnodev\tproc\nnodev\ttmpfs\n\text4\nnodev\toverlay\n"));
    }

    private static String hundredths(long nanos) {
        long hundredths = nanos / (SECOND / 100);
        return hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100;
    }

    private static OpenFile terminalOf(EmulatedProcess self) throws KernelException {
        for (OpenFile file : self.descriptors()) {
            if (file.isTerminal()) {
                return file;
            }
        }
        throw new KernelException(Errno.ENXIO);
    }

    private static final class Endless extends OpenFile {
        private static final int PORTION = 4096;
        private final @Nullable SeededRandom random;

        Endless(@Nullable SeededRandom random) {
            this.random = random;
        }

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            reader.spend(1_000);
            byte[] data = new byte[Math.min(limit, PORTION)];
            if (random != null) {
                for (int i = 0; i < data.length; i++) {
                    data[i] = (byte) random.nextLong();
                }
            }
            return Bytes.of(data);
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {}
    }

    private static final class Full extends OpenFile {
        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            reader.spend(1_000);
            return Bytes.of(new byte[Math.min(limit, 4096)]);
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            throw new FileError(Errno.ENOSPC);
        }
    }
}
