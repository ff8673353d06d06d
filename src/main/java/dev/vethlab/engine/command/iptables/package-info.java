/**
 * {@code iptables}, {@code iptables-save}, {@code iptables-restore}: the tools of iptables 1.8.13 on nf_tables. Begin at {@link
 * dev.vethlab.engine.command.iptables.Iptables}; the options of matches and targets are in {@code extension}.
 */
@NullMarked
package dev.vethlab.engine.command.iptables;

import org.jspecify.annotations.NullMarked;
