package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m connmark}: what CONNMARK left on the connection. */
public record ConnmarkMatch(int mark, int mask, boolean inverted) implements Match {
    @Override
    public String name() {
        return "connmark";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        ConntrackEntry connection = packet.connection;
        return connection != null && ((connection.mark & mask) == mark) != inverted;
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --mark " : " --mark ").append(MarkMatch.text(mark, mask));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" connmark match ").append(inverted ? "! " : " ").append(MarkMatch.text(mark, mask));
    }

    @Override
    public String was(PacketView seen) {
        ConntrackEntry connection = seen.connection();
        return connection == null ? "no connection" : MarkMatch.text(connection.mark, -1);
    }
}
