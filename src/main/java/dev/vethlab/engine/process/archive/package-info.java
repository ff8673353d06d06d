/**
 * Archives of files: tar's bytes, read and written. Begin with {@link dev.vethlab.engine.process.archive.TarEntry}. It knows files, and
 * nothing of the programs that use it.
 */
@NullMarked
package dev.vethlab.engine.process.archive;

import org.jspecify.annotations.NullMarked;
