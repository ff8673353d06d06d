/**
 * Where sessions are kept: in one file ({@link dev.vethlab.session.store.SqliteStore}) or in Redis ({@link
 * dev.vethlab.session.store.RedisStore}), by which several replicas share the work.
 *
 * <p>Begin at {@link dev.vethlab.session.SessionStore}, which both fulfil.
 */
@NullMarked
package dev.vethlab.session.store;

import org.jspecify.annotations.NullMarked;
