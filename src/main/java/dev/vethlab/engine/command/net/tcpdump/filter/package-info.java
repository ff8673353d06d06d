/**
 * The filter language of pcap-filter(7): {@link dev.vethlab.engine.command.net.tcpdump.filter.FilterParser} makes a {@link
 * dev.vethlab.engine.command.net.tcpdump.filter.Condition} of an expression. Knows bytes, nothing of devices.
 */
@NullMarked
package dev.vethlab.engine.command.net.tcpdump.filter;

import org.jspecify.annotations.NullMarked;
