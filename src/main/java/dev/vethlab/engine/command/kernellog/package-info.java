/** {@code dmesg}: the kernel's log. */
@NullMarked
package dev.vethlab.engine.command.kernellog;

import org.jspecify.annotations.NullMarked;
