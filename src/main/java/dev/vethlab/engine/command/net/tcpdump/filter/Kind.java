package dev.vethlab.engine.command.net.tcpdump.filter;

/**
 * A packet's protocols, to find filters that no packet can match.
 *
 * @param etherType 0 for any that is not named
 * @param protocol the IP protocol; -1 for any that is not named, or none
 */
record Kind(int etherType, int protocol) {}
