/**
 * What is on the wire: immutable headers as records, and their bytes.
 *
 * <p>Begin at {@link dev.vethlab.engine.packet.EthernetFrame}; what a frame carries is a sealed {@link
 * dev.vethlab.engine.packet.Payload}, what an IPv4 packet carries a sealed {@link dev.vethlab.engine.packet.Transport}. Meaning lives
 * here, bytes only in {@link dev.vethlab.engine.packet.WireFormat}. IPv4 addresses are {@code int}, MAC addresses {@code long}:
 * {@link dev.vethlab.engine.packet.Ipv4} and {@link dev.vethlab.engine.packet.Mac} name, print and parse them.
 */
@NullMarked
package dev.vethlab.engine.packet;

import org.jspecify.annotations.NullMarked;
