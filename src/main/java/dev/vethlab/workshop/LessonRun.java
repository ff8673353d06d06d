package dev.vethlab.workshop;

import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.world.World;
import dev.vethlab.session.Input;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionCompanion;
import dev.vethlab.session.Update;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes along with a session in which somebody works through a lesson, and keeps the {@link Progress}.
 *
 * <p>A lesson begins with a note about {@link #LESSON}; what came before it was set-up. Steps come one after the other: a step's goals
 * and questions are looked at from when it is reached. Progress follows from the session's log alone, so it comes back by replay.
 */
public final class LessonRun implements SessionCompanion {
    /** Notes: the lesson begins; its id is the text. */
    public static final String LESSON = "lesson";

    /** Notes: {@code answer:NAME} answers a question. */
    public static final String ANSWER = "answer:";

    /** Notes: the learner goes on from the step of this number, counted from 0. */
    public static final String READ = "read";

    /** Notes: the next hint of the step of this number is opened. */
    public static final String HINT = "hint";

    private static final long LOOK_EVERY_NANOS = 500_000_000;

    private final World world;
    private final Function<String, Optional<Lesson>> lessons;
    private final Consumer<Update.Companion> tell;
    private @Nullable LessonState state;
    private volatile @Nullable Lesson lesson;
    private volatile @Nullable Progress progress;
    private volatile Activity activity = Activity.NONE;
    private long lookedAt;
    private boolean due;
    private boolean atRest;

    /** Progress changed. */
    public record Told(Progress progress) implements Update.Companion {}

    /** @param lessons finds a lesson by its id */
    public LessonRun(World world, Function<String, Optional<Lesson>> lessons, Consumer<Update.Companion> tell) {
        this.world = world;
        this.lessons = lessons;
        this.tell = tell;
    }

    /** The run of a session. */
    public static Optional<LessonRun> of(Session session) {
        return session.companion() instanceof LessonRun run && run.lesson != null ? Optional.of(run) : Optional.empty();
    }

    /** The lesson as it was when this session took it up; may be asked by any thread. */
    public Lesson lesson() {
        return java.util.Objects.requireNonNull(lesson);
    }

    /** How far the learner has come; may be asked by any thread. */
    public Progress progress() {
        return java.util.Objects.requireNonNull(progress);
    }

    @Override
    public void passed(TraceEvent event) {
        if (state != null && state.passed(event)) {
            due = true;
        }
    }

    /** What was typed in a session; may be asked by any thread. */
    public static Activity activityOf(Session session) {
        return session.companion() instanceof LessonRun run ? run.activity : Activity.NONE;
    }

    @Override
    public void ended(Command command) {
        activity = activity.and(command);
        if (state != null) {
            state.ended(command);
            due = true;
            atRest = true;
            look(); // before whoever waits for the command's answer has it
        }
    }

    @Override
    public void noted(Input.Note note) {
        if (state != null) {
            note(state, note);
            due = true;
            atRest = true;
        } else if (note.about().equals(LESSON)) {
            lessons.apply(note.text()).ifPresent(this::begin);
        }
    }

    private void begin(Lesson begun) {
        state = new LessonState(begun);
        activity = Activity.NONE;
        progress = state.progress();
        lesson = begun;
        due = true;
    }

    private static void note(LessonState state, Input.Note note) {
        String about = note.about();
        if (about.startsWith(ANSWER)) {
            state.answer(about.substring(ANSWER.length()), note.text());
        } else if (about.equals(READ)) {
            state.read(note.text());
        } else if (about.equals(HINT)) {
            state.openHint(note.text());
        }
    }

    @Override
    public void look() {
        if (state == null) {
            return;
        }
        long now = world.simulation().now();
        if (!due && now - lookedAt < LOOK_EVERY_NANOS) {
            return; // what changes the state without a command or packet is seen a little later
        }
        lookedAt = now;
        state.look(world, atRest);
        due = false;
        atRest = false;
        Progress seen = state.progress();
        if (!seen.equals(progress)) {
            progress = seen;
            activity = activity.withProgress();
            tell.accept(new Told(seen));
        }
    }
}
