/**
 * The files that processes see: a tree of nodes per machine or container, and what can be opened.
 *
 * <p>Begin at {@link dev.vethlab.engine.process.file.FileSystem}.
 */
@NullMarked
package dev.vethlab.engine.process.file;

import org.jspecify.annotations.NullMarked;
