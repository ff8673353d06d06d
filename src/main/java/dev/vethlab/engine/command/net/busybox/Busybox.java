package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.core.AppletUsage;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code busybox APPLET …}. Applets without an implementation of their own are the programs of the same name. */
public final class Busybox {
    /** Goes before an applet's name in the list of programs. */
    public static final String PREFIX = "busybox:";

    static final String BANNER = AppletUsage.BANNER;
    private static final int NOT_FOUND = 127;

    private Busybox() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("busybox", (Program) Busybox::main);
        programs.put(PREFIX + "ping", (Program) BusyboxPing::main);
        programs.put(PREFIX + "ip", (Program) BusyboxIp::main);
        programs.put(PREFIX + "netstat", new Applet(BusyboxNetstat::main));
        programs.put(PREFIX + "wget", (Program) BusyboxWget::main);
        programs.put(PREFIX + "nslookup", (Program) BusyboxNslookup::main);
        return programs;
    }

    /** By its own name it runs the applet that its first argument names; by another one, the applet of that name. */
    public static int main(EmulatedProcess self) {
        Executable called = Programs.all().get(PREFIX + self.name());
        if (called != null) {
            self.become(called, self.arguments());
        }
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.isEmpty()) {
            self.println(BANNER);
            return 0;
        }
        Executable applet = Programs.all().get(PREFIX + words.getFirst());
        if (applet == null) {
            applet = Programs.all().get(words.getFirst());
        }
        if (applet == null) {
            self.error(words.getFirst() + ": applet not found");
            return NOT_FOUND;
        }
        self.exec(applet, words);
        return 0;
    }

    /** What every applet says about wrong options, and its usage. */
    public static int usage(EmulatedProcess self, String complaint, String usage) {
        self.error((complaint.isEmpty() ? "" : complaint + "\n") + BANNER + "\n\n" + usage.stripTrailing());
        return 1;
    }
}
