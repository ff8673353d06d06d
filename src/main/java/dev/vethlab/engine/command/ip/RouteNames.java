package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The names of protocols, scopes, types and tables ({@code lib/rt_names.c}, {@code /etc/iproute2/rt_*}). */
public final class RouteNames {
    private static final Map<Integer, String> PROTOCOLS = new LinkedHashMap<>();

    static {
        PROTOCOLS.put(0, "unspec");
        PROTOCOLS.put(1, "redirect");
        PROTOCOLS.put(2, "kernel");
        PROTOCOLS.put(3, "boot");
        PROTOCOLS.put(4, "static");
        PROTOCOLS.put(8, "gated");
        PROTOCOLS.put(9, "ra");
        PROTOCOLS.put(10, "mrt");
        PROTOCOLS.put(11, "zebra");
        PROTOCOLS.put(12, "bird");
        PROTOCOLS.put(13, "dnrouted");
        PROTOCOLS.put(14, "xorp");
        PROTOCOLS.put(15, "ntk");
        PROTOCOLS.put(16, "dhcp");
        PROTOCOLS.put(18, "keepalived");
        PROTOCOLS.put(42, "babel");
        PROTOCOLS.put(84, "ovn");
        PROTOCOLS.put(99, "openr");
        PROTOCOLS.put(186, "bgp");
        PROTOCOLS.put(187, "isis");
        PROTOCOLS.put(188, "ospf");
        PROTOCOLS.put(189, "rip");
        PROTOCOLS.put(192, "eigrp");
    }

    private RouteNames() {}

    /** The protocol's name, or its number if it has none; null if the word is neither. */
    public static @Nullable String protocol(String word) {
        if (PROTOCOLS.containsValue(word)) {
            return word;
        }
        OptionalLong number = Arguments.number(word, 255);
        return number.isEmpty() ? null : PROTOCOLS.getOrDefault((int) number.getAsLong(), word);
    }

    static String protocolName(int number) {
        return PROTOCOLS.getOrDefault(number, Integer.toString(number));
    }

    /** The protocol's number. */
    public static int protocolNumber(String name) {
        for (Map.Entry<Integer, String> entry : PROTOCOLS.entrySet()) {
            if (entry.getValue().equals(name)) {
                return entry.getKey();
            }
        }
        return Integer.parseInt(name);
    }

    public static @Nullable Scope scope(String word) {
        for (Scope scope : Scope.values()) {
            if (scope.text().equals(word) || Integer.toString(scope.number()).equals(word)) {
                return scope;
            }
        }
        return word.equals("universe") ? Scope.GLOBAL : null;
    }

    /** {@code rtnl_rtntype_a2n}: all but {@code local} may be abbreviated. */
    public static @Nullable RouteType type(String word) {
        for (RouteType type : RouteType.values()) {
            boolean named = type == RouteType.LOCAL ? word.equals("local") : matches(word, type.text());
            if (named) {
                return type;
            }
        }
        return word.equals("brd") ? RouteType.BROADCAST : null;
    }

    /** The number of a table, by a name of {@code /etc/iproute2/rt_tables}, too; empty if the word is none. */
    public static OptionalInt table(EmulatedProcess self, String word) {
        for (Map.Entry<Integer, String> named : namedTables(self).entrySet()) {
            if (named.getValue().equals(word)) {
                return OptionalInt.of(named.getKey());
            }
        }
        return table(word);
    }

    /** The administrator's names, from lines of a number and a name ({@code rtnl_tab_initialize}). */
    private static Map<Integer, String> namedTables(EmulatedProcess self) {
        var names = new LinkedHashMap<Integer, String>();
        try {
            for (String line : self.context().files().readAll(self, "/etc/iproute2/rt_tables").text().split("\n")) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 2 && !words[0].startsWith("#")) {
                    Arguments.number(words[0], 0xFFFFFFFFL).ifPresent(number -> names.put((int) number, words[1]));
                }
            }
        } catch (KernelException none) {
            return names;
        }
        return names;
    }

    private static OptionalInt table(String word) {
        return switch (word) {
            case "local" -> OptionalInt.of(RoutingTable.LOCAL);
            case "main" -> OptionalInt.of(RoutingTable.MAIN);
            case "default" -> OptionalInt.of(RoutingTable.DEFAULT);
            case "unspec" -> OptionalInt.of(0);
            default -> {
                OptionalLong number = Arguments.number(word, 0xFFFFFFFFL);
                yield number.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number.getAsLong());
            }
        };
    }

    public static String tableName(EmulatedProcess self, int table) {
        String named = namedTables(self).get(table);
        return named != null ? named : tableName(table);
    }

    private static String tableName(int table) {
        return switch (table) {
            case RoutingTable.LOCAL -> "local";
            case RoutingTable.MAIN -> "main";
            case RoutingTable.DEFAULT -> "default";
            default -> Integer.toUnsignedString(table);
        };
    }
}
