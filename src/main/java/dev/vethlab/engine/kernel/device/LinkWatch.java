package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody that carrier came or went: at once for devices that are an end of something, but at most once a second for the
 * others, so that a bridge's state lags behind its carrier ({@code net/core/link_watch.c}).
 */
public final class LinkWatch {
    private static final long SECOND = 1_000_000_000L;

    private final Simulation simulation;
    private final Set<NetDevice> pending = new LinkedHashSet<>();
    private long nextRun;
    private @Nullable Event planned;
    private boolean locked;

    public LinkWatch(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A device's carrier changed ({@code linkwatch_fire_event}). */
    void fire(NetDevice device) {
        pending.add(device);
        if (isUrgent(device) && !locked) {
            run();
        } else {
            plan();
        }
    }

    /** Holds the news back until a change of several steps is done, as the lock does that the change holds ({@code rtnl_mutex}). */
    void during(Runnable change) {
        locked = true;
        change.run();
        locked = false;
        if (pending.stream().anyMatch(LinkWatch::isUrgent)) {
            run();
        }
    }

    /** {@code linkwatch_urgent_event}: it is up, and another device is behind it, or it can send again. */
    private static boolean isUrgent(NetDevice device) {
        boolean builtOnAnother = device.carrierPartner() != null || device.lower() != null;
        return device.isUp() && (builtOnAnother || (device.hasCarrier() && !device.isOperational()));
    }

    /** Somebody asks about one device: what is known of it is said first ({@code linkwatch_sync_dev}, called by {@code rtnl_getlink}). */
    public void sync(NetDevice device) {
        if (pending.remove(device)) {
            device.linkChanged();
        }
    }

    private void plan() {
        if (planned == null || !planned.isPending()) {
            planned = simulation.schedule(Math.max(0, nextRun - simulation.now()), this::run);
        }
    }

    /** {@code __linkwatch_run_queue}: before its time only for the urgent ones. */
    private void run() {
        boolean all = simulation.now() >= nextRun;
        if (all) {
            nextRun = simulation.now() + SECOND;
        }
        List<NetDevice> due = new ArrayList<>(pending);
        due.removeIf(device -> !all && !isUrgent(device));
        due.forEach(pending::remove);
        due.forEach(NetDevice::linkChanged);
        if (!pending.isEmpty()) {
            plan();
        }
    }
}
