package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.Strftime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code id whoami hostname uname uptime nproc free df date env printenv clear man}: who and where one is. */
final class Identity {
    private static final long SECOND = 1_000_000_000L;

    private Identity() {}

    static int id(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "ugGnrz", "user=u", "group=g", "groups=G", "name=n", "real=r");
        if (options == null) {
            return 1;
        }
        if (!options.operands().isEmpty() && !options.operands().getFirst().equals("root")) {
            String name = options.operands().getFirst();
            self.error("id: " + Applet.words(self, Gnu.quote(self, name) + ": no such user", "unknown user " + name));
            return 1;
        }
        User user = options.operands().isEmpty() ? self.context().user() : User.ROOT;
        var groups = new ArrayList<Integer>(List.of(user.gid()));
        user.groups().stream().filter(group -> !groups.contains(group)).forEach(groups::add);
        if (options.has("u") || options.has("g") || options.has("G")) {
            boolean isUser = options.has("u");
            int status = 0;
            var words = new ArrayList<String>();
            for (int number : isUser ? List.of(user.uid()) : options.has("G") ? groups : List.of(user.gid())) {
                String name = isUser ? Accounts.user(self, number) : Accounts.group(self, number);
                if (options.has("n") && name == null) {
                    self.error("id: " + Applet.words(self, "cannot find name for " + (isUser ? "user" : "group") + " ID ", "unknown ID ")
                            + number);
                    status = 1;
                }
                words.add(options.has("n") && name != null ? name : Integer.toString(number));
            }
            self.println(String.join(" ", words));
            return status;
        }
        self.println("uid=" + named(user.uid(), Accounts.user(self, user.uid())) + " gid=" + named(user.gid(), Accounts.group(self, user.gid()))
                + " groups=" + String.join(",", groups.stream().map(group -> named(group, Accounts.group(self, group))).toList()));
        return 0;
    }

    private static String named(int number, @Nullable String name) {
        return number + (name == null ? "" : "(" + name + ")");
    }

    static int whoami(EmulatedProcess self) {
        int uid = self.context().user().uid();
        String name = Accounts.user(self, uid);
        if (name == null) {
            self.error("whoami: " + Applet.words(self, "cannot find name for user ID ", "unknown uid ") + uid);
            return 1;
        }
        self.println(name);
        return 0;
    }

    static int hostname(EmulatedProcess self) {
        Getopt options = Gnu.options(self, Applet.is(self) ? "sfid" : "sfidAI", "short=s", "fqdn=f", "long=f", "ip-address=i", "domain=d", "all-ip-addresses=I");
        if (options == null) {
            return 1;
        }
        String name = self.context().uts().hostname();
        if (options.has("I")) {
            var addresses = new ArrayList<String>();
            self.network().devices().all().stream().filter(device -> device != self.network().loopback() && device.isUp())
                    .forEach(device -> device.addresses().forEach(a -> addresses.add(Ipv4.text(a.address()))));
            self.println(addresses.isEmpty() ? "" : String.join(" ", addresses) + " ");
        } else if (options.has("i")) {
            List<HostsFile.Entry> own = HostsFile.read(self).byName(name);
            if (own.isEmpty()) {
                self.error("hostname: Name or service not known");
                return 1;
            }
            // gethostbyname(3), which busybox asks, takes the first line of /etc/hosts for all there is
            self.println(String.join(" ", own.stream().limit(Applet.is(self) ? 1 : own.size()).map(e -> Ipv4.text(e.address())).toList()));
        } else if (options.has("f") && options.operands().isEmpty()) {
            List<HostsFile.Entry> own = HostsFile.read(self).byName(name);
            self.println(own.isEmpty() ? name : own.getFirst().names().getFirst());
        } else if (options.has("d") && options.operands().isEmpty()) {
            List<HostsFile.Entry> own = HostsFile.read(self).byName(name);
            String whole = own.isEmpty() ? name : own.getFirst().names().getFirst();
            if (whole.contains(".")) {
                self.println(whole.substring(whole.indexOf('.') + 1));
            }
        } else if (options.operands().isEmpty()) {
            self.println(options.has("s") ? name.split("\\.", 2)[0] : name);
        } else if (!self.context().may(Capability.SYS_ADMIN)) {
            self.error("hostname: " + Applet.words(self, "you must be root to change the host name",
                    "sethostname: " + Errno.EPERM.message()));
            return 1;
        } else {
            self.context().uts().setHostname(options.operands().getFirst());
        }
        return 0;
    }

    static int uname(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "asnrvmpio", "all=a", "kernel-name=s", "nodename=n", "kernel-release=r", "kernel-version=v",
                "machine=m",
                "processor=p", "hardware-platform=i", "operating-system=o");
        if (options == null) {
            return 1;
        }
        if (!options.operands().isEmpty()) {
            self.error("uname: extra operand " + Gnu.quote(self, options.operands().getFirst()));
            Gnu.tryHelp(self);
            return 1;
        }
        boolean all = options.has("a");
        var parts = new ArrayList<String>();
        if (all || options.has("s") || options.options().isEmpty()) {
            parts.add("Linux");
        }
        if (all || options.has("n")) {
            parts.add(self.context().uts().hostname());
        }
        if (all || options.has("r")) {
            parts.add(Machine.KERNEL_RELEASE);
        }
        if (all || options.has("v")) {
            parts.add(Machine.KERNEL_VERSION);
        }
        if (all || options.has("m")) {
            parts.add("x86_64");
        }
        if (options.has("p") && !all || options.has("i") && !all) {
            parts.add("unknown");
        }
        if (all || options.has("o")) {
            parts.add("GNU/Linux");
        }
        self.println(String.join(" ", parts));
        return 0;
    }

    static int uptime(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "ps", "pretty=p", "since=s");
        if (options == null) {
            return 1;
        }
        long minutes = self.now() / SECOND / 60;
        if (options.has("s")) {
            self.println(Strftime.format(CalendarTime.at(0), "%F %T"));
        } else if (options.has("p")) {
            self.println("up " + (minutes >= 60 ? minutes / 60 + " hours, " : "") + minutes % 60
                    + (minutes % 60 == 1 ? " minute" : " minutes"));
        } else {
            String up = minutes >= 60 ? Cat.pad(minutes / 60, 2) + ":" + (minutes % 60 < 10 ? "0" : "") + minutes % 60 : minutes + " min";
            self.println(" " + Strftime.format(CalendarTime.at(self.now()), "%T") + " up " + up + ",  0 users,  load average: 0.00, 0.00, 0.00");
        }
        return 0;
    }

    static int date(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "ud:IRs:r:", "utc=u", "universal=u", "date:=d", "iso-8601", "rfc-email=R", "rfc-3339:", "set:=s",
                "reference:=r");
        if (options == null) {
            return 1;
        }
        if (options.has("s")) {
            return Unsupported.answer(self, "date: virtual time cannot be set");
        }
        ZonedDateTime time = CalendarTime.at(self.now());
        String given = options.value("d");
        if (given != null) {
            ZonedDateTime parsed = Dates.parse(given, time);
            if (parsed == null) {
                self.error("date: invalid date " + Gnu.quote(self, given));
                return 1;
            }
            time = parsed;
        }
        String format = "%a %b %e %H:%M:%S UTC %Y";
        if (options.has("R")) {
            format = "%a, %d %b %Y %H:%M:%S %z";
        } else if (options.has("iso-8601") || options.has("I")) {
            format = "%F";
        }
        for (String operand : options.operands()) {
            if (!operand.startsWith("+")) {
                return Unsupported.answer(self, "date: virtual time cannot be set");
            }
            format = operand.substring(1);
        }
        self.println(Strftime.format(time, format));
        return 0;
    }

    static int env(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+iu:C:0vS:", "ignore-environment=i", "unset:=u", "chdir:=C", "null=0");
        if (options == null) {
            return 125;
        }
        var environment = self.context().environment();
        if (options.has("i")) {
            environment.clear();
        }
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("u")) {
                environment.remove(option.value());
            }
        }
        List<String> words = new ArrayList<>(options.operands());
        if (!words.isEmpty() && words.getFirst().equals("-")) {
            environment.clear();
            words.removeFirst();
        }
        while (!words.isEmpty() && words.getFirst().indexOf('=') > 0) {
            String word = words.removeFirst();
            environment.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        if (words.isEmpty()) {
            environment.forEach((name, value) -> self.println(name + "=" + value));
            return 0;
        }
        return Running.replace(self, words);
    }

    static int printenv(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "0", "null=0");
        if (options == null) {
            return 2;
        }
        if (options.operands().isEmpty()) {
            self.context().environment().forEach((name, value) -> self.println(name + "=" + value));
        }
        int status = 0;
        for (String name : options.operands()) {
            String value = self.context().environment().get(name);
            if (value == null) {
                status = 1;
            } else {
                self.println(value);
            }
        }
        return status;
    }

    static int nproc(EmulatedProcess self) {
        self.println("2");
        return 0;
    }

    static int arch(EmulatedProcess self) {
        self.println("x86_64");
        return 0;
    }

    static int groups(EmulatedProcess self) {
        int status = 0;
        var names = new ArrayList<String>();
        var all = new ArrayList<Integer>(List.of(self.context().user().gid()));
        self.context().user().groups().stream().filter(group -> !all.contains(group)).forEach(all::add);
        for (int group : all) {
            String name = Accounts.group(self, group);
            if (name == null) {
                self.error("groups: " + Applet.words(self, "cannot find name for group ID ", "unknown ID ") + group);
                status = 1;
            }
            names.add(name == null ? Integer.toString(group) : name);
        }
        self.println(String.join(" ", names));
        return status;
    }

    static int logname(EmulatedProcess self) {
        self.error("logname: no login name");
        return 1;
    }

    static int tty(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "s", "silent=s", "quiet=s");
        if (options == null) {
            return 2;
        }
        boolean terminal = self.descriptor(0).isTerminal();
        if (!options.has("s")) {
            self.println(terminal ? "/dev/pts/0" : "not a tty");
        }
        return terminal ? 0 : 1;
    }

    static int clear(EmulatedProcess self) {
        self.print("\033[H\033[2J\033[3J");
        return 0;
    }

    static int man(EmulatedProcess self) {
        return Unsupported.answer(self, "man: no manual pages here; try --help, or man7.org");
    }
}
