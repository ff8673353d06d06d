package dev.vethlab.engine.command.service;

import dev.vethlab.engine.docker.DaemonLog;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code journalctl -u docker}: what the engine said. */
final class Journalctl implements Program {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DockerService docker;

    Journalctl(DockerService docker) {
        this.docker = docker;
    }

    @Override
    public int main(EmulatedProcess self) {
        String unit = "";
        int count = Integer.MAX_VALUE;
        List<String> words = self.arguments();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (List.of("-u", "-xeu", "-eu", "-xu", "--unit").contains(word)) {
                unit = next;
                i++;
            } else if (word.startsWith("--unit=")) {
                unit = word.substring("--unit=".length());
            } else if (word.equals("-n") && next.matches("\\d{1,6}")) {
                count = Integer.parseInt(next);
                i++;
            } else if (!List.of("--no-pager", "-e", "-x", "-q").contains(word)) {
                return Unsupported.answer(self, "journalctl: " + word + " is not emulated");
            }
        }
        if (!unit.equals("docker") && !unit.equals(DockerService.UNIT)) {
            return Unsupported.answer(self, "journalctl: only -u docker is emulated");
        }
        List<DaemonLog.Line> lines = docker.log();
        if (lines.isEmpty()) {
            self.println("-- No entries --");
        }
        lines.subList(Math.max(0, lines.size() - Math.min(count, lines.size())), lines.size())
                .forEach(line -> self.println(text(docker, line)));
        return 0;
    }

    /** {@code Jan 05 09:00:00 host dockerd[12]: …}. */
    static String text(DockerService docker, DaemonLog.Line line) {
        return TIME.format(Instant.ofEpochSecond(CalendarTime.seconds(line.time()))) + " " + docker.machine() + " dockerd["
                + docker.daemon().pid() + "]: " + line.text();
    }
}
