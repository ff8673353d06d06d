/**
 * What runs the Docker engine as a service of its machine: {@code systemctl}, {@code journalctl}, {@code service}, {@code dockerd}. Begin
 * at {@link dev.vethlab.engine.command.service.ServicePrograms}.
 */
@NullMarked
package dev.vethlab.engine.command.service;

import org.jspecify.annotations.NullMarked;
