/** {@code curl}. Begin at {@link dev.vethlab.engine.command.net.curl.Curl}. */
@NullMarked
package dev.vethlab.engine.command.net.curl;

import org.jspecify.annotations.NullMarked;
