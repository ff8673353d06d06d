package dev.vethlab.engine.kernel.netfilter;

/** The five points of the IPv4 path where netfilter is asked; named as the built-in chains, numbered as {@code NF_INET_*}. */
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
}
