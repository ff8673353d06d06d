package dev.vethlab.engine.command.http;

import dev.vethlab.engine.sim.CalendarTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Virtual time as HTTP headers and the logs of servers write it. */
public final class HttpDate {
    private static final DateTimeFormatter HEADER = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final DateTimeFormatter NGINX_LOG = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ROOT);
    private static final DateTimeFormatter NGINX_ERROR_LOG = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter PYTHON_LOG = DateTimeFormatter.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter REDIS_LOG = DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ROOT);

    private HttpDate() {}

    /** {@code Mon, 05 Jan 2026 09:00:00 GMT}. */
    public static String header(long virtualNanos) {
        return HEADER.format(at(virtualNanos));
    }

    /** {@code 05/Jan/2026:09:00:00 +0000}. */
    public static String nginxLog(long virtualNanos) {
        return NGINX_LOG.format(at(virtualNanos));
    }

    /** {@code 05/Jan/2026 09:00:00}. */
    public static String pythonLog(long virtualNanos) {
        return PYTHON_LOG.format(at(virtualNanos));
    }

    /** {@code 05 Jan 2026 09:00:00.000}. */
    public static String redisLog(long virtualNanos) {
        return REDIS_LOG.format(at(virtualNanos));
    }

    /** {@code 2026/01/05 09:00:00}. */
    public static String nginxErrorLog(long virtualNanos) {
        return NGINX_ERROR_LOG.format(at(virtualNanos));
    }

    private static LocalDateTime at(long virtualNanos) {
        return LocalDateTime.ofEpochSecond(CalendarTime.seconds(virtualNanos), CalendarTime.nanos(virtualNanos), ZoneOffset.UTC);
    }
}
