package dev.vethlab.web.rest;

import dev.vethlab.engine.packet.PcapngWriter;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TracedStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of a session's journeys as a pcapng file: each as often as a device saw it, with its stage as a comment. */
final class CaptureFile {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private CaptureFile() {}

    /**
     * A file of the frames among {@code stages}.
     *
     * @param node a machine's or namespace's name, or null for all
     * @param device an interface's name, or null for all
     */
    static byte[] of(List<TracedStage> stages, @Nullable String node, @Nullable String device) {
        var file = new PcapngWriter();
        for (TracedStage stage : stages) {
            TraceEvent event = stage.event();
            if (event.frame() != null && isOnDevice(event) && isAt(event.place(), node, device)) {
                long time = CalendarTime.seconds(event.time()) * NANOS_PER_SECOND + CalendarTime.nanos(event.time());
                file.add(name(event.place()), time, event.frame(), event.stage() + ", packet " + event.packet());
            }
        }
        return file.toByteArray();
    }

    /** Whether a device passes the frame on or takes it in, as tcpdump would see it. */
    private static boolean isOnDevice(TraceEvent event) {
        return event.stage() == Stage.DEVICE_RX || event.stage() == Stage.DEVICE_TX || event.stage() == Stage.VETH_PEER;
    }

    private static boolean isAt(Place place, @Nullable String node, @Nullable String device) {
        String inside = place.namespace().isEmpty() ? place.machine() : place.namespace();
        return (node == null || node.equals(inside)) && (device == null || device.equals(place.device()));
    }

    private static String name(Place place) {
        String inside = place.namespace().isEmpty() ? place.machine() : place.machine() + "/" + place.namespace();
        return inside + ":" + place.device();
    }
}
