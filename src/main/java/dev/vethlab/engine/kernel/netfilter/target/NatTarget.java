package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.netfilter.TableName;

/** A target that translates addresses: in the nat table only, and what makes connections tracked ({@code net/netfilter/xt_nat.c}). */
public sealed interface NatTarget extends Target permits DnatTarget, SnatTarget, MasqueradeTarget, RedirectTarget, NetmapTarget {
    @Override
    default boolean allowedIn(TableName table) {
        return table == TableName.NAT;
    }

    @Override
    default boolean needsConntrack() {
        return true;
    }
}
