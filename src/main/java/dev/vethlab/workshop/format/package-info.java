/**
 * Reads lessons from Markdown, as docs/writing-lessons.md describes it; what is wrong is said with file and line.
 *
 * <p>Begin at {@link dev.vethlab.workshop.format.LessonReader}.
 */
@NullMarked
package dev.vethlab.workshop.format;

import org.jspecify.annotations.NullMarked;
