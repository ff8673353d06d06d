package dev.vethlab.engine.command.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keys and values of a Redis server, and the commands on them. */
final class RedisStore {
    private static final int MAX_KEYS = 10_000;

    private final Map<String, String> values = new TreeMap<>();

    /** Executes a command; the answer in the RESP protocol. */
    String execute(List<String> words) {
        String command = words.getFirst().toUpperCase(Locale.ROOT);
        int arguments = words.size() - 1;
        return switch (command) {
            case "PING" -> arguments > 1 ? wrongNumber(words) : arguments == 1 ? bulk(words.get(1)) : "+PONG\r\n";
            case "ECHO" -> arguments != 1 ? wrongNumber(words) : bulk(words.get(1));
            case "SET" -> arguments < 2 ? wrongNumber(words) : set(words);
            case "GET" -> arguments != 1 ? wrongNumber(words) : get(words.get(1));
            case "DEL", "UNLINK" -> arguments < 1 ? wrongNumber(words)
                    : number(words.stream().skip(1).filter(key -> values.remove(key) != null).count());
            case "EXISTS" -> arguments < 1 ? wrongNumber(words) : number(words.stream().skip(1).filter(values::containsKey).count());
            case "INCR" -> arguments != 1 ? wrongNumber(words) : add(words.get(1), 1);
            case "DECR" -> arguments != 1 ? wrongNumber(words) : add(words.get(1), -1);
            case "KEYS" -> arguments != 1 ? wrongNumber(words) : keys(words.get(1));
            case "DBSIZE" -> number(values.size());
            case "FLUSHALL", "FLUSHDB" -> {
                values.clear();
                yield "+OK\r\n";
            }
            case "SELECT", "CLIENT", "QUIT" -> "+OK\r\n";
            case "COMMAND" -> "*0\r\n";
            default -> unknown(words);
        };
    }

    private static String unknown(List<String> words) {
        String beginning = words.stream().skip(1).map(word -> "'" + word + "' ").collect(Collectors.joining());
        return "-ERR unknown command '" + words.getFirst() + "', with args beginning with: " + beginning + "\r\n";
    }

    private static String wrongNumber(List<String> words) {
        return "-ERR wrong number of arguments for '" + words.getFirst().toLowerCase(Locale.ROOT) + "' command\r\n";
    }

    private static String bulk(String text) {
        return "$" + text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n" + text + "\r\n";
    }

    private static String number(long value) {
        return ":" + value + "\r\n";
    }

    private String set(List<String> words) {
        if (words.size() > 3) {
            return "-ERR syntax error\r\n";
        }
        if (values.size() >= MAX_KEYS) {
            return "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
        }
        values.put(words.get(1), words.get(2));
        return "+OK\r\n";
    }

    private String get(String key) {
        String value = values.get(key);
        return value == null ? "$-1\r\n" : bulk(value);
    }

    private String add(String key, long step) {
        String old = values.getOrDefault(key, "0");
        if (!old.matches("-?\\d{1,18}") || values.size() >= MAX_KEYS) {
            return "-ERR value is not an integer or out of range\r\n";
        }
        long value = Long.parseLong(old) + step;
        values.put(key, Long.toString(value));
        return number(value);
    }

    private String keys(String pattern) {
        String prefix = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        List<String> found = values.keySet().stream().filter(key -> pattern.endsWith("*") ? key.startsWith(prefix)
                : key.equals(pattern)).toList();
        return "*" + found.size() + "\r\n" + found.stream().map(RedisStore::bulk).collect(Collectors.joining());
    }
}
