package dev.vethlab.workshop;

import dev.vethlab.session.ExecuteResult;
import dev.vethlab.session.Input;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.Sessions;

/** Sessions that begin with a lesson. */
public final class LessonSessions {
    private final Lessons lessons;
    private final Sessions sessions;

    /** @param sessions whose companions are {@link LessonRun}s with these lessons */
    public LessonSessions(Lessons lessons, Sessions sessions) {
        this.lessons = lessons;
        this.sessions = sessions;
    }

    public Lessons lessons() {
        return lessons;
    }

    /** A fresh session, set up for a lesson: what is typed for it stands in the session's log like all else. */
    public Session begin(Lesson lesson, long seed) {
        Session session = sessions.create(new Recipe(lesson.world(), seed, lesson.dockerd()));
        lesson.setup().forEach(line -> type(lesson, session, line));
        session.submit(new Input.Note(LessonRun.LESSON, lesson.id())).join().ifPresent(refusal -> {
            throw refusal.asException();
        });
        return session;
    }

    private static void type(Lesson lesson, Session session, Line line) {
        ExecuteResult result = session.execute(line.node(), line.command()).join();
        if (result.exitCode() != 0) {
            throw new IllegalStateException(lesson.source() + ": set-up fails: " + line.command() + "\n" + result.output());
        }
    }
}
