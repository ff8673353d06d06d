package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@code -m u32}: numbers of four octets, anywhere in the packet, all of which must lie in their ranges ({@code xt_u32.c}). */
public record U32Match(List<Test> tests, boolean inverted) implements Match {
    /** What is done to the number that was read. */
    public enum Operator {
        AND("&"),
        LEFT("<<"),
        RIGHT(">>"),
        /** The number is added to where the next one is read from. */
        AT("@");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** @param number unsigned, of 32 bits, as all numbers here */
    public record Step(Operator operator, long number) {}

    /** Both ends belong to it. */
    public record Range(long low, long high) {
        private String text() {
            return hex(low) + (low == high ? "" : ":" + hex(high));
        }
    }

    /** @param start where the first number is read, in octets from the IP header */
    public record Test(long start, List<Step> steps, List<Range> ranges) {
        private boolean holds(byte[] octets) {
            long base = 0;
            if (start + 4 > octets.length) {
                return false;
            }
            long number = read(octets, start);
            for (Step step : steps) {
                switch (step.operator) {
                    case AND -> number &= step.number;
                    case LEFT -> number = step.number > 31 ? 0 : number << step.number & 0xFFFF_FFFFL;
                    case RIGHT -> number = step.number > 31 ? 0 : number >>> step.number;
                    case AT -> {
                        base += number;
                        if (base + step.number + 4 > octets.length) {
                            return false;
                        }
                        number = read(octets, base + step.number);
                    }
                }
            }
            for (Range range : ranges) {
                if (range.low <= number && number <= range.high) {
                    return true;
                }
            }
            return false;
        }

        private static long read(byte[] octets, long at) {
            return ByteBuffer.wrap(octets).getInt((int) at) & 0xFFFF_FFFFL;
        }

        private String text() {
            var text = new StringBuilder(hex(start));
            steps.forEach(step -> text.append(step.operator.sign).append(hex(step.number)));
            var allowed = new ArrayList<String>();
            ranges.forEach(range -> allowed.add(range.text()));
            return text.append('=').append(String.join(",", allowed)).toString();
        }
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    @Override
    public String name() {
        return "u32";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        byte[] octets = WireFormat.encode(packet.ip());
        for (Test test : tests) {
            if (!test.holds(octets)) {
                return inverted;
            }
        }
        return !inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " !" : "").append(" --u32 ").append(text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" u32 ").append(inverted ? "! " : "").append(text());
    }

    private String text() {
        return "\"" + String.join("&&", tests.stream().map(Test::text).toList()) + "\"";
    }

    @Override
    public String was(PacketView seen) {
        return "other octets";
    }
}
