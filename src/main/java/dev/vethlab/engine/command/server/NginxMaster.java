package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.ArrayList;
import java.util.List;

/** nginx's master process: its workers, its pid file, its error log, and the signals that {@code nginx -s} sends it. */
final class NginxMaster {
    private static final String PID_FILE = "/run/nginx.pid";
    private static final User WWW_DATA = new User(33, 33);
    private static final List<String> BODIES = List.of("/var/lib/nginx/body", "/var/lib/nginx/proxy", "/var/lib/nginx/fastcgi",
            "/var/lib/nginx/uwsgi", "/var/lib/nginx/scgi");

    /** {@code worker_processes auto} on two processors. */
    private static final int WORKERS = 2;

    private final EmulatedProcess self;
    private final List<TcpListener> listeners;
    private final List<EmulatedProcess> workers = new ArrayList<>();

    private NginxMaster(EmulatedProcess self, List<TcpListener> listeners) {
        this.self = self;
        this.listeners = listeners;
    }

    /** The listeners are there: workers start. They share the master's work here, and are there to be seen. */
    static void begin(EmulatedProcess self, List<TcpListener> listeners) {
        var master = new NginxMaster(self, listeners);
        self.setTitle("nginx: master process " + String.join(" ", self.arguments()));
        master.writePid();
        master.fork();
        self.onSignal(Signal.HUP, () -> {
            List<EmulatedProcess> old = List.copyOf(master.workers);
            master.workers.clear();
            master.fork();
            old.forEach(worker -> worker.signal(Signal.KILL));
        });
        self.onExit(() -> master.workers.forEach(worker -> worker.signal(Signal.KILL)));
    }

    /** Where bodies wait, for workers to write to ({@code ngx_create_paths()}); whether that could be had. */
    static boolean prepare(EmulatedProcess self) {
        FileSystem files = self.context().files();
        for (String path : BODIES) {
            String failed = "mkdir() \"" + path + "\"";
            try {
                if (!files.exists(self, path)) {
                    files.makeDirectory(self, path);
                    files.changeMode(self, path, 0700);
                }
                if (files.stat(self, path).uid() != WWW_DATA.uid()) {
                    failed = "chown(\"" + path + "\", " + WWW_DATA.uid() + ")";
                    files.changeOwner(self, path, WWW_DATA.uid(), -1, true);
                }
            } catch (KernelException e) {
                record(self, "emerg", failed + " failed (" + e.errno().number() + ": " + e.errno().message() + ")");
                return false;
            }
        }
        return true;
    }

    private void fork() {
        for (int i = 0; i < WORKERS; i++) {
            EmulatedProcess worker = self.spawn((Resident) process -> {}, List.of("nginx"));
            worker.context().become(WWW_DATA);
            worker.setTitle("nginx: worker process");
            for (TcpListener listener : listeners) {
                SocketOwner owner = listener.owner();
                listener.inheritedBy(new SocketOwner(owner.program(), worker.pid(), owner.uid(), owner.descriptor()));
                worker.onExit(() -> listener.droppedBy(worker.pid()));
            }
            workers.add(worker);
        }
    }

    private void writePid() {
        try {
            self.context().files().writeAll(self, PID_FILE, Bytes.of(self.namespacePid() + "\n"));
        } catch (KernelException e) {
            log(self, "emerg", "open() \"" + PID_FILE + "\" failed (" + e.errno().number() + ": " + e.errno().message() + ")");
            self.exit(1);
        }
    }

    static void forget(EmulatedProcess self) {
        try {
            self.context().files().unlink(self, PID_FILE);
        } catch (KernelException e) {
            log(self, "alert", "unlink() \"" + PID_FILE + "\" failed (" + e.errno().number() + ": " + e.errno().message() + ")");
        }
    }

    /** {@code nginx -s stop}: to the master that the pid file names; the exit status. */
    static int signal(EmulatedProcess self, String what) {
        Signal signal = switch (what) {
            case "stop" -> Signal.TERM;
            case "quit" -> Signal.QUIT;
            case "reopen" -> Signal.USR1;
            case "reload" -> Signal.HUP;
            default -> null;
        };
        if (signal == null) {
            ServerOutput.error(self, "nginx: invalid option: \"-s " + what + "\"");
            return 1;
        }
        record(self, "notice", "signal process started");
        try {
            int pid = Integer.parseInt(self.context().files().readAll(self, PID_FILE).text().strip());
            EmulatedProcess master = self.table().visibleTo(self).get(pid);
            if (master != null) {
                master.signal(signal);
                return 0;
            }
            log(self, "alert", "kill(" + pid + ", " + signal.number() + ") failed (3: No such process)");
        } catch (KernelException e) {
            log(self, "error", "open() \"" + PID_FILE + "\" failed (" + e.errno().number() + ": " + e.errno().message() + ")");
        }
        return 1;
    }

    /** To the error log, which is standard error in its image, and to standard error. */
    static void log(EmulatedProcess self, String level, String text) {
        record(self, level, text);
        ServerOutput.error(self, "nginx: [" + level + "] " + text);
    }

    private static void record(EmulatedProcess self, String level, String text) {
        int pid = self.namespacePid();
        ServerOutput.error(self, HttpDate.nginxErrorLog(self.now()) + " [" + level + "] " + pid + "#" + pid + ": " + text);
    }
}
