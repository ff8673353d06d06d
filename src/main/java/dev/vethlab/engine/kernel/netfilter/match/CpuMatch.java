package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m cpu}: the processor that handles the packet; the emulated machines have one. */
public record CpuMatch(long cpu, boolean inverted) implements Match {
    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (cpu == 0) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --cpu " : " --cpu ").append(cpu);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " cpu ! " : " cpu ").append(cpu);
    }

    @Override
    public String was(PacketView seen) {
        return "0";
    }
}
