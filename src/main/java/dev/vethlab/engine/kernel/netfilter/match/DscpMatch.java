package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import java.util.Locale;

/** {@code -m dscp}: the upper six bits of the type of service ({@code xt_dscp.c}). */
public record DscpMatch(int dscp, boolean inverted) implements Match {
    /** The bits that the named types of service are in. */
    public static final int TOS_MASK = 0x3F;

    private static final String[] SERVICES = {"Minimize-Delay", "Maximize-Throughput", "Maximize-Reliability", "Minimize-Cost", "Normal-Service"};
    private static final int[] SERVICE_BITS = {0x10, 0x08, 0x04, 0x02, 0x00};

    @Override
    public String name() {
        return "dscp";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.ip().tos() >>> 2 == dscp != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --dscp " : " --dscp ").append(hex(dscp));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" DSCP match ").append(inverted ? "!" : "").append(hex(dscp));
    }

    @Override
    public String was(PacketView seen) {
        return hex(seen.ip().tos() >>> 2);
    }

    /** {@code 0x2e}. */
    public static String hex(int value) {
        return String.format(Locale.ROOT, "0x%02x", value);
    }

    /** The name of a type of service; empty if it has none. */
    static String serviceName(int bits) {
        for (int i = 0; i < SERVICES.length; i++) {
            if (SERVICE_BITS[i] == bits) {
                return SERVICES[i];
            }
        }
        return "";
    }

    /** The bits of a named type of service; -1 if it is none. */
    public static int service(String name) {
        for (int i = 0; i < SERVICES.length; i++) {
            if (SERVICES[i].equalsIgnoreCase(name)) {
                return SERVICE_BITS[i];
            }
        }
        return -1;
    }

    /** The code point of a class such as {@code AF11} or {@code EF}; -1 if it is none. */
    public static int classOf(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.matches("CS[0-7]")) {
            return (upper.charAt(2) - '0') << 3;
        }
        if (upper.matches("AF[1-4][1-3]")) {
            return (upper.charAt(2) - '0') << 3 | (upper.charAt(3) - '0') << 1;
        }
        return upper.equals("EF") ? 0x2E : upper.equals("BE") ? 0 : -1;
    }
}
