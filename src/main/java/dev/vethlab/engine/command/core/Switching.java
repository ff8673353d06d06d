package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code su runuser setpriv}: programs run as another user. There are no passwords here: only root may become somebody else. */
final class Switching {
    private static final int SHELL = 6;

    private Switching() {}

    static int su(EmulatedProcess self) {
        Getopt options = Getopt.parse(Gnu.argv(self), "lmps:c:u:g:G:", "login=l", "preserve-environment=p", "shell:=s", "command:=c",
                "user:=u", "group:=g");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return 1;
        }
        List<String> operands = new ArrayList<>(options.operands());
        boolean login = options.has("l");
        if (!operands.isEmpty() && operands.getFirst().equals("-")) {
            login = true;
            operands.removeFirst();
        }
        String asked = options.value("u");
        String name = asked != null ? asked : operands.isEmpty() ? "root" : operands.removeFirst();
        String[] entry = account(self, name);
        if (entry == null) {
            self.error(self.name() + ": user " + name + " does not exist or the user entry does not contain all the required fields");
            return 1;
        }
        if (!self.context().may(Capability.SETUID)) {
            self.error(self.name().equals("su") ? "Password: \nsu: Authentication failure" : "runuser: may not be used by non-root users");
            return 1;
        }
        String shell = Objects.requireNonNullElse(options.value("s"), entry.length > SHELL ? entry[SHELL] : "/bin/sh");
        self.context().environment().put("HOME", entry[5]);
        self.context().environment().put("SHELL", shell);
        if (!name.equals("root") || login) {
            self.context().environment().put("USER", name);
            self.context().environment().put("LOGNAME", name);
        }
        become(self, Integer.parseInt(entry[2]), Integer.parseInt(entry[3]));
        if (login && self.context().files().isDirectory(self, entry[5])) {
            self.context().changeDirectory(entry[5]);
        }
        if (asked != null && !operands.isEmpty()) {
            return Running.replace(self, operands);
        }
        var line = new ArrayList<String>(List.of(shell));
        String command = options.value("c");
        if (command != null) {
            line.addAll(List.of("-c", command));
        }
        line.addAll(operands);
        return Running.replace(self, line);
    }

    static int setpriv(EmulatedProcess self) {
        Getopt options = Getopt.parse(Gnu.argv(self), "+d", "reuid:", "regid:", "ruid:", "euid:", "rgid:", "egid:", "clear-groups",
                "init-groups", "keep-groups", "groups:", "no-new-privs", "reset-env", "bounding-set:", "inh-caps:", "ambient-caps:", "dump=d");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return 1;
        }
        for (String other : List.of("ruid", "euid", "rgid", "egid", "groups", "bounding-set", "inh-caps", "ambient-caps", "d")) {
            if (options.has(other)) {
                return Unsupported.answer(self, "setpriv: of its options --reuid, --regid and those about groups are emulated");
            }
        }
        if (options.operands().isEmpty()) {
            self.error("setpriv: No program specified");
            return 1;
        }
        User old = self.context().user();
        String[] user = options.has("reuid") ? account(self, options.value("reuid")) : null;
        Integer uid = options.has("reuid") ? number(user, options.value("reuid")) : Integer.valueOf(old.uid());
        String[] group = options.has("regid") ? entry(self, Accounts.GROUPS, options.value("regid")) : null;
        Integer gid = options.has("regid") ? number(group, options.value("regid")) : Integer.valueOf(old.gid());
        if (uid == null || gid == null) {
            self.error("setpriv: failed to parse " + (uid == null ? "reuid" : "regid"));
            return 1;
        }
        if (!self.context().may(Capability.SETUID) && (uid != old.uid() || gid != old.gid())) {
            self.error("setpriv: " + (gid != old.gid() ? "setresgid" : "setresuid") + " failed: Operation not permitted");
            return 1;
        }
        become(self, uid, gid);
        return Running.replace(self, options.operands());
    }

    private static void become(EmulatedProcess self, int uid, int gid) {
        self.context().become(new User(uid, gid));
    }

    private static String @Nullable [] account(EmulatedProcess self, @Nullable String name) {
        return entry(self, Accounts.USERS, name);
    }

    private static String @Nullable [] entry(EmulatedProcess self, String file, @Nullable String name) {
        return Accounts.entry(self.context().files(), file,
                fields -> fields.length > 2 && (fields[0].equals(name) || fields[2].equals(name)));
    }

    private static @Nullable Integer number(String @Nullable [] entry, @Nullable String text) {
        if (entry != null) {
            return Integer.valueOf(entry[2]);
        }
        return text != null && text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }
}
