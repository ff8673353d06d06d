/**
 * Go's {@code text/template} and what Docker's client adds to it, for {@code --format}.
 *
 * <p>Begin at {@link dev.vethlab.engine.command.docker.template.Template}. Data are trees of null, String, Boolean, Long, Double, List,
 * Map (sorted when printed, as in Go) and {@link dev.vethlab.engine.command.docker.template.Struct} for what is a struct in Docker's
 * API: its fields keep their order and may have one name in Go and another in JSON.
 */
@NullMarked
package dev.vethlab.engine.command.docker.template;

import org.jspecify.annotations.NullMarked;
