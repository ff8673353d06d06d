package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code chown chgrp}: whose a file is. */
final class Ownership {
    private static final int AS_IT_IS = -1;

    private final EmulatedProcess self;
    private final Getopt options;
    private final FileSystem files;
    private String user = "";
    private String group = "";
    private int uid = AS_IT_IS;
    private int gid = AS_IT_IS;

    /** A user or group that there is not. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }

    private Ownership(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.files = self.context().files();
    }

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "RhvcfHLP", "recursive=R", "no-dereference=h", "dereference", "verbose=v", "changes=c", "silent=f",
                "quiet=f", "reference:", "preserve-root", "no-preserve-root");
        return options == null ? 1 : new Ownership(self, options).run();
    }

    private int run() {
        List<String> operands = new ArrayList<>(options.operands());
        String reference = options.value("reference");
        if (operands.isEmpty()) {
            return Gnu.missingOperand(self);
        }
        if (reference == null && operands.size() == 1) {
            Gnu.misuse(self, self.name() + ": missing operand after " + Gnu.quote(self, operands.getFirst()));
            return 1;
        }
        try {
            if (reference != null) {
                refer(reference);
            } else {
                read(operands.removeFirst());
            }
        } catch (Unknown e) {
            self.error(self.name() + ": " + e.getMessage());
            return 1;
        } catch (KernelException e) {
            self.error(self.name() + ": failed to get attributes of '" + reference + "': " + e.errno().message());
            return 1;
        }
        int status = 0;
        for (String operand : operands) {
            status |= change(operand, true);
        }
        return status;
    }

    private void refer(String reference) throws KernelException {
        Node node = files.stat(self, reference);
        uid = self.name().equals("chgrp") ? AS_IT_IS : node.uid();
        gid = node.gid();
        user = uid < 0 ? "" : name(Accounts.user(self, uid), uid);
        group = name(Accounts.group(self, gid), gid);
    }

    /** {@code USER}, {@code USER:GROUP}, {@code USER:} (the user's own group), {@code :GROUP}; {@code chgrp} takes a group. */
    private void read(String text) throws Unknown {
        if (self.name().equals("chgrp")) {
            group = text;
            gid = number(Accounts.GROUPS, text, text);
            return;
        }
        String[] parts = text.split(":", 2);
        if (parts.length == 1 && text.indexOf('.') > 0 && Accounts.entry(files, Accounts.USERS, fields -> fields[0].equals(text)) == null) {
            if (!Applet.is(self)) {
                self.error("chown: warning: '.' should be ':': " + Gnu.quote(self, text));
            }
            parts = text.split("\\.", 2);
        }
        user = parts[0];
        if (!user.isEmpty()) {
            uid = number(Accounts.USERS, user, text);
        }
        if (parts.length > 1 && parts[1].isEmpty() && !user.isEmpty()) {
            String[] entry = Accounts.entry(files, Accounts.USERS, fields -> fields[0].equals(user) || fields[2].equals(user));
            if (entry == null) {
                throw new Unknown("invalid spec: " + Gnu.quote(self, text));
            }
            gid = Integer.parseInt(entry[3]);
            group = name(Accounts.group(self, gid), gid);
        } else if (parts.length > 1) {
            group = parts[1];
            gid = group.isEmpty() ? AS_IT_IS : number(Accounts.GROUPS, group, text);
        }
    }

    private int number(String file, String name, String text) throws Unknown {
        String[] entry = Accounts.entry(files, file, fields -> fields.length > 2 && fields[0].equals(name));
        if (entry != null) {
            return Integer.parseInt(entry[2]);
        }
        if (!name.matches("\\d{1,9}")) {
            String kind = file.equals(Accounts.USERS) ? "user" : "group";
            throw new Unknown(Applet.words(self, "invalid " + kind + ": " + Gnu.quote(self, text), "unknown " + kind + " " + name));
        }
        return Integer.parseInt(name);
    }

    private int change(String name, boolean follow) {
        try {
            boolean links = options.has("h") || !follow;
            Node node = links ? files.linkStat(self, name) : files.stat(self, name);
            int status = 0;
            if (options.has("R") && node.isDirectory()) {
                for (String child : files.list(self, name).keySet()) {
                    status |= change(name + "/" + child, false);
                }
            }
            String before = owners(node.uid(), node.gid());
            boolean same = (uid < 0 || uid == node.uid()) && (gid < 0 || gid == node.gid());
            files.changeOwner(self, name, uid, gid, !links);
            if (same ? options.has("v") : options.has("v") || options.has("c")) {
                String what = uid < 0 ? "group of '" : "ownership of '";
                self.println(same ? what + name + "' retained as " + before
                        : "changed " + what + name + "' from " + before + " to " + (uid < 0 ? group : user + (gid < 0 ? "" : ":" + group)));
            }
            return status;
        } catch (KernelException e) {
            boolean refused = e.errno() == Errno.EPERM || e.errno() == Errno.EROFS;
            String gnu = refused ? "changing " + (uid < 0 ? "group" : "ownership") + " of '" + name + "'" : "cannot access '" + name + "'";
            self.error(self.name() + ": " + Applet.words(self, gnu, name) + ": " + e.errno().message());
            return 1;
        }
    }

    private String owners(int oldUid, int oldGid) {
        String oldUser = name(Accounts.user(self, oldUid), oldUid);
        String oldGroup = name(Accounts.group(self, oldGid), oldGid);
        return uid < 0 ? oldGroup : gid < 0 ? oldUser : oldUser + ":" + oldGroup;
    }

    private static String name(@Nullable String name, int number) {
        return Objects.requireNonNullElse(name, Integer.toString(number));
    }
}
