/**
 * The REST interface below {@code /api/v1}, and errors as RFC 9457 problem details.
 *
 * <p>Begin at {@link dev.vethlab.web.rest.SessionResource}.
 */
@NullMarked
package dev.vethlab.web.rest;

import org.jspecify.annotations.NullMarked;
