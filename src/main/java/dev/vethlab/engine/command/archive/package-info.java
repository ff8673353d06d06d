/** {@code tar}, as GNU's and as busybox's. Begin at {@link dev.vethlab.engine.command.archive.Tar}. */
@NullMarked
package dev.vethlab.engine.command.archive;

import org.jspecify.annotations.NullMarked;
