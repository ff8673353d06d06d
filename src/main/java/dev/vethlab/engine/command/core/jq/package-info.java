/**
 * {@code jq}: JSON in, a filter, JSON out. Begin at {@link dev.vethlab.engine.command.core.jq.Jq}.
 *
 * <p>It is our own because a filter that people type must neither read the server's clock and environment nor run for ever:
 * {@link dev.vethlab.engine.command.core.jq.Evaluator} counts its steps, regular expressions are RE2's.
 */
@NullMarked
package dev.vethlab.engine.command.core.jq;

import org.jspecify.annotations.NullMarked;
