/**
 * Networks. Begin at {@link dev.vethlab.engine.docker.network. address pools, bridges, firewall rules, endpoints and sandboxes:Networks}.
 */
@NullMarked
package dev.vethlab.engine.docker.network;

import org.jspecify.annotations.NullMarked;
