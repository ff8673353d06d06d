package dev.vethlab.engine.command.service;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.DaemonLog;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** The unit {@code docker.service}, and what its manager does with it. */
final class DockerService {
    static final String UNIT = "docker.service";

    /** What the engine takes to start: containerd, storage, the firewall. */
    static final long START_COST = 900_000_000;

    private final Engine engine;
    private boolean failed;
    private long since;

    DockerService(Engine engine) {
        this.engine = engine;
    }

    boolean isActive() {
        return engine.isRunning();
    }

    boolean hasFailed() {
        return failed && !isActive();
    }

    EmulatedProcess daemon() {
        return engine.daemon();
    }

    /** Since when it is as it is: virtual nanoseconds. */
    long since() {
        return isActive() ? engine.daemon().startTime() : since;
    }

    List<DaemonLog.Line> log() {
        return engine.log().lines();
    }

    String machine() {
        return engine.machine().name();
    }

    /** Starts it unless it runs; the exit status. */
    int start(EmulatedProcess self) {
        if (isActive()) {
            return 0;
        }
        self.spend(START_COST);
        try {
            engine.start();
            failed = false;
            return 0;
        } catch (DaemonConfig.NotEmulated e) {
            return Unsupported.answer(self, "dockerd: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            engine.log().add("unable to configure the Docker daemon with file /etc/docker/daemon.json: " + e.getMessage());
        } catch (EngineException e) {
            engine.log().add("failed to start daemon: " + e.message());
        }
        failed = true;
        since = self.now();
        self.error("""
                Job for docker.service failed because the control process exited with error code.
                See "systemctl status docker.service" and "journalctl -xeu docker.service" for details.""");
        return 1;
    }

    int stop(EmulatedProcess self) {
        engine.stop();
        self.await(engine.changed(), () -> !engine.isRunning(), EmulatedProcess.FOREVER);
        failed = false;
        since = self.now();
        return 0;
    }

    int restart(EmulatedProcess self) {
        try {
            engine.configured();
        } catch (DaemonConfig.NotEmulated e) {
            return Unsupported.answer(self, "dockerd: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // as the real manager does, it stops the old one and then hears that there will be no new one
        }
        stop(self);
        return start(self);
    }

    /** {@code ExecReload=/bin/kill -s HUP $MAINPID}. */
    int reload(EmulatedProcess self) {
        if (!isActive()) {
            self.error("Failed to reload docker.service: Unit docker.service is not active.");
            return 1;
        }
        engine.daemon().signal(Signal.HUP);
        return 0;
    }
}
