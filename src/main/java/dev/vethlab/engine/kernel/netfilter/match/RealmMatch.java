package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m realm}: of the route ({@code xt_realm.c}); routes here are in realm 0, as those are that name none. */
public record RealmMatch(int id, int mask, boolean inverted) implements Match {
    @Override
    public String name() {
        return "realm";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.route != null && (id == 0) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --realm " : " --realm ").append(text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " ! realm " : " realm ").append(text());
    }

    private String text() {
        return "0x" + Integer.toHexString(id) + (mask == -1 ? "" : "/0x" + Integer.toHexString(mask));
    }

    @Override
    public String was(PacketView seen) {
        return "realm 0";
    }
}
