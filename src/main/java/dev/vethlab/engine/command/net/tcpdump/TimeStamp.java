package dev.vethlab.engine.command.net.tcpdump;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time before each line, by how many {@code -t} there are; the machines' time zone is UTC. */
final class TimeStamp {
    private static final long SECOND = 1_000_000;

    private final int kind;
    private long reference = -1;

    TimeStamp(int kind) {
        this.kind = kind;
    }

    String text(long micros) {
        return switch (kind) {
            case 1 -> "";
            case 2 -> micros / SECOND + String.format(".%06d ", micros % SECOND);
            case 3 -> since(micros, true);
            case 4 -> format("yyyy-MM-dd HH:mm:ss", micros);
            case 5 -> since(micros, false);
            default -> format("HH:mm:ss", micros);
        };
    }

    private String since(long micros, boolean previous) {
        long gone = reference < 0 ? 0 : micros - reference;
        if (previous || reference < 0) {
            reference = micros;
        }
        long seconds = gone / SECOND;
        return String.format(" %02d:%02d:%02d.%06d ", seconds / 3600, seconds / 60 % 60, seconds % 60, gone % SECOND);
    }

    private static String format(String pattern, long micros) {
        var time = LocalDateTime.ofEpochSecond(micros / SECOND, 0, ZoneOffset.UTC);
        return time.format(DateTimeFormatter.ofPattern(pattern)) + String.format(".%06d ", micros % SECOND);
    }
}
