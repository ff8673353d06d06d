package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of what a container may use ({@code Resources} of the API). They are kept and shown; neither processor nor memory is emulated,
 * so that nothing comes near them.
 */
public final class Resources {
    /** Bytes; 0 for no limit. */
    public long memory;
    /** Bytes; 0 for no limit. */
    public long memoryReservation;
    /** Bytes of memory and swap together; -1 for no limit. */
    public long memorySwap;
    /** Billionths of a processor. */
    public long nanoCpus;
    public long cpuShares;
    public long cpuPeriod;
    public long cpuQuota;
    public String cpusetCpus = "";
    public String cpusetMems = "";
    /** Null for no limit. */
    public @Nullable Long pidsLimit;
    public List<Ulimit> ulimits = new ArrayList<>();
    public boolean oomKillDisable;

    /** Takes over what {@code wanted} says, and keeps the rest. */
    public void take(Resources wanted) {
        memory = wanted.memory != 0 ? wanted.memory : memory;
        memoryReservation = wanted.memoryReservation != 0 ? wanted.memoryReservation : memoryReservation;
        memorySwap = wanted.memorySwap != 0 ? wanted.memorySwap : memorySwap;
        nanoCpus = wanted.nanoCpus != 0 ? wanted.nanoCpus : nanoCpus;
        cpuShares = wanted.cpuShares != 0 ? wanted.cpuShares : cpuShares;
        cpuPeriod = wanted.cpuPeriod != 0 ? wanted.cpuPeriod : cpuPeriod;
        cpuQuota = wanted.cpuQuota != 0 ? wanted.cpuQuota : cpuQuota;
        cpusetCpus = wanted.cpusetCpus.isEmpty() ? cpusetCpus : wanted.cpusetCpus;
        cpusetMems = wanted.cpusetMems.isEmpty() ? cpusetMems : wanted.cpusetMems;
        pidsLimit = wanted.pidsLimit != null ? wanted.pidsLimit : pidsLimit;
    }

    /** A limit of setrlimit(2). */
    public record Ulimit(String name, long soft, long hard) {}
}
