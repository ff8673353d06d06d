package dev.vethlab.engine.command;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs that a Debian machine with Docker has, that people reach for, and that are not emulated: to say {@code command not found} of
 * them would be wrong.
 */
final class NotEmulated {
    private static final List<String> ADMINISTRATION = List.of(
            "addgroup", "adduser", "apt", "apt-cache", "apt-get", "chroot", "df", "dpkg", "dpkg-query", "findmnt",
            "free", "groupadd", "hostnamectl", "login", "loginctl", "losetup", "lsblk", "lscpu", "lslocks", "mountpoint",
            "networkctl", "passwd", "timedatectl", "useradd", "userdel", "usermod", "vmstat", "w",
            "who");

    private static final List<String> NETWORK = List.of(
            "arptables", "arptables-restore", "arptables-save", "capsh", "ctr", "ebtables", "ebtables-restore", "ebtables-save", "getcap",
            "ip6tables", "ip6tables-legacy", "ip6tables-nft", "ip6tables-restore", "ip6tables-save", "iptables-apply", "iptables-legacy",
            "iptables-legacy-restore", "iptables-legacy-save", "iptables-translate", "iptables-xml", "lft", "lnstat", "mii-tool", "mtr",
            "nmap", "nsupdate", "ping6", "routel", "rtmon", "runc", "setcap", "tcptraceroute", "tipc", "traceroute6");

    private static final List<String> TEXT_AND_PROCESSES = List.of(
            "b2sum", "base32", "cksum", "csplit", "dd", "diff3", "factor", "flock", "fmt", "getconf", "getopt", "gunzip", "gzip", "iconv",
            "install", "logger", "mkfifo", "mknod", "numfmt", "openssl", "perl", "pmap", "pr", "prlimit", "ptx", "renice", "script",
            "sdiff", "setsid", "sha224sum", "sha384sum", "shred", "shuf", "stdbuf", "stty", "sum", "taskset", "tput",
            "tsort", "unexpand", "unlink", "users", "whereis", "zcat", "zgrep");

    private NotEmulated() {}

    static Map<String, Executable> all() {
        Program program = self -> Unsupported.answer(self, self.name() + " is not emulated");
        Map<String, Executable> programs = new LinkedHashMap<>();
        List.of(ADMINISTRATION, NETWORK, TEXT_AND_PROCESSES).forEach(names -> names.forEach(name -> programs.put(name, program)));
        return programs;
    }
}
