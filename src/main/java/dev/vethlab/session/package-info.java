/**
 * A session: a world, the log of its inputs, and the thread that drives it at the chosen pace. Also the registry of all sessions,
 * their limits, and where their logs are kept.
 *
 * <p>Begin at {@link dev.vethlab.session.Session}; {@link dev.vethlab.session.Pacer} is the one mechanism behind live, slow, step and
 * fast. Knows nothing of HTTP. What must outlive memory goes
 * through {@link dev.vethlab.session.SessionStore}; which replica drives a session, {@link dev.vethlab.session.Leases} says.
 */
@NullMarked
package dev.vethlab.session;

import org.jspecify.annotations.NullMarked;
