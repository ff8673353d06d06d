/**
 * Replays what was recorded on real machines, and compares.
 *
 * <p>Begin at {@link dev.vethlab.transcript.TranscriptTest}; {@link dev.vethlab.transcript.Replay} does the same on the command line.
 */
@NullMarked
package dev.vethlab.transcript;

import org.jspecify.annotations.NullMarked;
