package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.NullFile;
import java.util.ArrayList;
import java.util.List;

/** {@code iperf3} 3.22. */
public final class Iperf {
    private static final String VERSION = "iperf 3.22 (cJSON 1.7.15)";

    private Iperf() {}

    public static int main(EmulatedProcess self) {
        IperfOptions options;
        try {
            options = IperfOptions.parse(self.arguments());
        } catch (IperfException e) {
            self.error(e.text());
            return 1;
        }
        if (options.help) {
            self.print(IperfUsage.TEXT);
            return 0;
        }
        if (options.version) {
            self.println(VERSION);
            return 0;
        }
        if (options.unsupported != null) {
            return Unsupported.answer(self, options.unsupported);
        }
        if (!options.server) {
            return new IperfClient(self, options).run();
        }
        if (options.daemon) {
            List<String> words = new ArrayList<>(self.arguments());
            self.spawn((Program) child -> daemon(child, options), words);
            return 0;
        }
        return new IperfServer(self, options).run();
    }

    /** {@code daemon(3)}: a session of its own, and nothing to read or say. */
    private static int daemon(EmulatedProcess self, IperfOptions options) {
        self.beginSession();
        for (int i = 0; i < 3; i++) {
            self.setDescriptor(i, new NullFile());
        }
        return new IperfServer(self, options).run();
    }
}
