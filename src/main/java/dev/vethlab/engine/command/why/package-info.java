/** {@code why}: a program of Vethlab's own that says what became of a packet and why, in the words that the page uses. */
@NullMarked
package dev.vethlab.engine.command.why;

import org.jspecify.annotations.NullMarked;
