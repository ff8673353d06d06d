package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.IgmpReport;
import dev.vethlab.engine.packet.IgmpReport.Change;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.trace.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a device says by IGMPv3 of the IPv4 groups that it joins and leaves ({@code net/ipv4/igmp.c}): each change twice, at once and
 * again within a second. Such a report leaves by way of the machine's tables, as any packet made here.
 */
final class GroupReports {
    private static final long MILLISECOND = 1_000_000L;

    /** {@code net.ipv4.igmp_qrv}: so often is everything said. */
    private static final int ROBUSTNESS = 2;

    /** Two ticks ({@code igmp_ifc_start_timer}). */
    private static final long SOON = 2 * MILLISECOND;

    /** {@code igmpv3_unsolicited_report_interval}, in milliseconds. */
    private static final int INTERVAL = 1000;

    /** An IP header of internetwork control (RFC 3376 §4). */
    private static final int TOS = 0xC0;

    private final NetDevice device;
    private final TreeMap<Integer, Told> changes = new TreeMap<>();
    private int reportsLeft;
    private @Nullable Event next;

    /** A change that is still to be told so many times. */
    private record Told(Change change, int times) {}

    GroupReports(NetDevice device) {
        this.device = device;
    }

    /** {@code igmp_group_added}. */
    void joined(int group) {
        change(group, Change.JOINED);
    }

    /** {@code igmp_group_dropped}. */
    void left(int group) {
        change(group, Change.LEFT);
    }

    /** The device goes down: nothing more is said ({@code ip_mc_down}). */
    void stop() {
        changes.clear();
        reportsLeft = 0;
        cancel();
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /** {@code igmp_ifc_event}: a report that was to come soon comes with this one. */
    private void change(int group, Change change) {
        changes.put(group, new Told(change, ROBUSTNESS));
        reportsLeft = ROBUSTNESS;
        after(SOON);
    }

    private void after(long delay) {
        cancel();
        next = kernel().simulation().schedule(delay, this::report);
    }

    /** {@code igmp_ifc_timer_expire}. */
    private void report() {
        send();
        reportsLeft--;
        if (reportsLeft > 0) {
            after(SOON + kernel().random("igmp").nextInt(INTERVAL) * MILLISECOND);
        }
    }

    /** {@code igmpv3_send_cr}. */
    private void send() {
        var groups = new ArrayList<IgmpReport.Group>();
        changes.forEach((group, told) -> groups.add(new IgmpReport.Group(group, told.change())));
        changes.replaceAll((group, told) -> new Told(told.change(), told.times() - 1));
        changes.values().removeIf(told -> told.times() == 0);
        RouteResult way = device.namespace().routing().output(Flow.of(IgmpReport.DESTINATION, 0, device, 0));
        if (!groups.isEmpty() && way instanceof RouteResult.Found found) {
            var packet = new PacketBuffer(kernel().tracer().born(0, Cause.SENT, "igmp"), packet(source(found), groups));
            packet.route = found;
            device.namespace().path().output(packet);
        }
    }

    /** Without an address of its own it has none, whatever others have ({@code igmpv3_get_srcaddr}). */
    private int source(RouteResult.Found found) {
        return device.addresses().stream().anyMatch(address -> address.address() == found.source()) ? found.source() : 0;
    }

    private static Ipv4Packet packet(int source, List<IgmpReport.Group> groups) {
        return Ipv4Packet.of(source, IgmpReport.DESTINATION, 0, true, IgmpReport.of(groups))
                .withTtl(1).withTos(TOS).withOptions(Ipv4Options.routerAlert());
    }

    private Kernel kernel() {
        return device.kernel();
    }
}
