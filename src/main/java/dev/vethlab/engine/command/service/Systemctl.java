package dev.vethlab.engine.command.service;

import dev.vethlab.engine.docker.DaemonLog;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;

/** {@code systemctl} for the one unit there is. */
final class Systemctl implements Program {
    private static final int NOT_INSTALLED = 5;
    private static final int NOT_FOUND = 4;
    private static final int INACTIVE = 3;
    private static final int SHOWN_LINES = 10;

    private final DockerService docker;

    Systemctl(DockerService docker) {
        this.docker = docker;
    }

    @Override
    public int main(EmulatedProcess self) {
        var words = new ArrayList<String>();
        for (String word : self.arguments().subList(1, self.arguments().size())) {
            if (!word.startsWith("-")) {
                words.add(word);
            } else if (!List.of("--no-pager", "-l", "--full", "--now", "--quiet", "-q").contains(word)) {
                return Unsupported.answer(self, "systemctl: " + word + " is not emulated");
            }
        }
        if (words.isEmpty()) {
            return Unsupported.answer(self, "systemctl: listing units is not emulated");
        }
        String verb = words.getFirst();
        List<String> units = words.subList(1, words.size());
        if (verb.equals("daemon-reload")) {
            return 0;
        }
        if (!List.of("start", "stop", "restart", "try-restart", "reload", "reload-or-restart", "status", "is-active", "is-enabled",
                "is-failed", "show", "cat", "enable", "disable", "kill", "mask", "unmask").contains(verb)) {
            self.error("Unknown command verb '" + verb + "'.");
            return 1;
        }
        if (units.isEmpty()) {
            return verb.equals("status") ? Unsupported.answer(self, "systemctl: listing units is not emulated") : tooFew(self);
        }
        int status = 0;
        for (String unit : units) {
            String name = unit.contains(".") ? unit : unit + ".service";
            status = Math.max(status, name.equals(DockerService.UNIT) ? act(self, verb) : unknown(self, verb, name));
        }
        return status;
    }

    private static int tooFew(EmulatedProcess self) {
        self.error("Too few arguments.");
        return 1;
    }

    private static int unknown(EmulatedProcess self, String verb, String unit) {
        switch (verb) {
            case "status" -> {
                self.error("Unit " + unit + " could not be found.");
                return NOT_FOUND;
            }
            case "is-active", "is-failed" -> {
                self.println("inactive");
                return verb.equals("is-active") ? NOT_FOUND : 1;
            }
            case "is-enabled" -> {
                self.println("not-found");
                return NOT_FOUND;
            }
            default -> {
                self.error("Failed to " + verb + " " + unit + ": Unit " + unit + " not found.");
                return NOT_INSTALLED;
            }
        }
    }

    private int act(EmulatedProcess self, String verb) {
        return switch (verb) {
            case "start" -> docker.start(self);
            case "stop" -> docker.stop(self);
            case "restart" -> docker.restart(self);
            case "try-restart" -> docker.isActive() ? docker.restart(self) : 0;
            case "reload" -> docker.reload(self);
            case "reload-or-restart" -> docker.isActive() ? docker.reload(self) : docker.restart(self);
            case "is-active" -> say(self, state(), docker.isActive() ? 0 : INACTIVE);
            case "is-failed" -> say(self, state(), docker.hasFailed() ? 0 : 1);
            case "is-enabled" -> say(self, "enabled", 0);
            case "status" -> status(self);
            default -> Unsupported.answer(self, "systemctl: " + verb + " is not emulated");
        };
    }

    private static int say(EmulatedProcess self, String word, int status) {
        self.println(word);
        return status;
    }

    private String state() {
        return docker.isActive() ? "active" : docker.hasFailed() ? "failed" : "inactive";
    }

    private int status(EmulatedProcess self) {
        String dot = docker.isActive() ? "●" : docker.hasFailed() ? "×" : "○";
        String detail = docker.isActive() ? "active (running)" : docker.hasFailed() ? "failed (Result: exit-code)" : "inactive (dead)";
        self.println(dot + " docker.service - Docker Application Container Engine");
        self.println("     Loaded: loaded (/usr/lib/systemd/system/docker.service; enabled; preset: enabled)");
        self.println("     Active: " + detail + " since " + DockerTime.spoken(docker.since()).replace(" +0000", "") + "; "
                + (self.now() - docker.since()) / 1_000_000_000L + "s ago");
        self.println("       Docs: https://docs.docker.com");
        if (docker.isActive()) {
            self.println("   Main PID: " + docker.daemon().pid() + " (dockerd)");
            self.println("     CGroup: /system.slice/docker.service");
            self.println("             └─" + docker.daemon().pid() + " " + String.join(" ", docker.daemon().commandLine()));
        }
        List<DaemonLog.Line> lines = docker.log();
        if (!lines.isEmpty()) {
            self.println("");
        }
        lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).forEach(line -> self.println(Journalctl.text(docker, line)));
        return docker.isActive() ? 0 : INACTIVE;
    }
}
