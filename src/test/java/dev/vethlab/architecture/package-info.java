/**
 * Guards: which package may use which, what the engine may not touch, how long a file may be. Each has a test that it can fail.
 */
@NullMarked
package dev.vethlab.architecture;

import org.jspecify.annotations.NullMarked;
