/**
 * From words to fields: parameter expansion, arithmetic, splitting, globbing. Begin at {@link dev.vethlab.engine.shell.expand.Expander}.
 */
@NullMarked
package dev.vethlab.engine.shell.expand;

import org.jspecify.annotations.NullMarked;
