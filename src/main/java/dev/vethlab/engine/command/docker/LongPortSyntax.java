package dev.vethlab.engine.command.docker;

import java.util.Map;
import java.util.TreeMap;

/** {@code published=8080,target=80}: another way to write {@code 8080:80/tcp}; other names mean nothing ({@code opts.go}). */
final class LongPortSyntax {
    private LongPortSyntax() {}

    static String standard(String spec) throws FlagException {
        Map<String, String> parts = new TreeMap<>();
        parts.put("protocol", "tcp");
        for (String field : spec.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new FlagException("invalid publish opts format (should be name=value but got '" + field + "')");
            }
            parts.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return parts.getOrDefault("published", "") + ":" + parts.getOrDefault("target", "") + "/" + parts.get("protocol");
    }
}
