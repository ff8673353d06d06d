/**
 * Lessons and challenges: Markdown files that a session is worked through by, and how far somebody has come.
 *
 * <p>Begin at {@link dev.vethlab.workshop.LessonSessions}. A {@link dev.vethlab.workshop.Lesson} is made of {@link
 * dev.vethlab.workshop.Step}s; {@link dev.vethlab.workshop.LessonRun} goes along with a session and ticks what is done. Nothing here
 * changes the emulated world: a lesson looks at it, and at the packets and commands that were there anyway. May not know the web.
 */
@NullMarked
package dev.vethlab.workshop;

import org.jspecify.annotations.NullMarked;
