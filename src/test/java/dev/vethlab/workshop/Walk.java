package dev.vethlab.workshop;

import dev.vethlab.engine.world.Topology;
import dev.vethlab.session.ExecuteResult;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Input;
import dev.vethlab.session.Leases;
import dev.vethlab.session.Links;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.format.LessonReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who works through a lesson. */
final class Walk implements AutoCloseable {
    static final Lessons LESSONS = new Lessons(null, complaint -> {
        throw new IllegalStateException(complaint);
    });

    final Sessions sessions;
    final Links links;
    private final Session session;
    private final List<String> typed = new ArrayList<>();

    Walk(String lesson) {
        this(LESSONS, lesson);
    }

    Walk(Lessons lessons, String lesson) {
        var store = new InMemorySessionStore();
        sessions = new Sessions(store, Leases.ALONE, SessionLimits.DEFAULT, SessionObserver.NONE,
                (world, tell) -> new LessonRun(world, lessons::find, tell));
        links = new Links(sessions, store, SessionLimits.DEFAULT, Duration.ofDays(1), Clock.systemUTC());
        session = new LessonSessions(lessons, sessions).begin(lessons.find(lesson).orElseThrow(), 1);
    }

    Session session() {
        return session;
    }

    Lesson lesson() {
        return LessonRun.of(session).orElseThrow().lesson();
    }

    Progress progress() {
        return LessonRun.of(session).orElseThrow().progress();
    }

    /** Answers a step's questions as its author would. */
    void answer(int step) {
        lesson().steps().get(step).questions().forEach(question -> note(LessonRun.ANSWER + question.name(), question.answer()));
    }

    /** Types the commands of a step, those of its text and of its solution. */
    void type(int step) {
        type(step, 0);
    }

    /** @param pause before each command, seconds */
    void type(int step, int pause) {
        typed.clear();
        lesson().steps().get(step).solution().forEach(line -> {
            if (pause > 0) {
                waitSeconds(pause);
            }
            type(line.node(), line.command());
        });
    }

    ExecuteResult type(String node, String command) {
        ExecuteResult result = session.execute(node, command).join();
        typed.add(node + "$ " + command + "\n" + result.output() + "[" + result.exitCode() + "]");
        return result;
    }

    void read(int step) {
        note(LessonRun.READ, Integer.toString(step));
    }

    void note(String about, String text) {
        session.submit(new Input.Note(about, text)).join();
    }

    void waitSeconds(int seconds) {
        session.execute("host", "sleep " + seconds).join();
    }

    /** What the drawing shows, by the names that lessons use. */
    List<String> drawn() {
        List<String> names = new ArrayList<>();
        for (Topology.MachineView machine : session.structure().topology().machines()) {
            names.add(machine.name());
            LessonReader.STATIONS.forEach(station -> names.add(machine.name() + "/" + station));
            for (Topology.NamespaceView namespace : machine.namespaces()) {
                boolean own = namespace.kind().equals("root");
                names.add(own ? machine.name() : namespace.name());
                namespace.devices().forEach(device -> names.add((own ? machine.name() : namespace.name()) + "/" + device.name()));
            }
        }
        session.structure().topology().containers().forEach(container -> names.add(container.name()));
        return names;
    }

    /** What is not as the author expects after a step, with what was typed in it. */
    List<String> complaints(int number) {
        Step step = lesson().steps().get(number);
        Progress.StepProgress done = progress().steps().get(number);
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < step.goals().size(); i++) {
            if (!done.goals().get(i)) {
                complaints.add("not ticked: " + step.goals().get(i).text());
            }
        }
        done.questions().stream().filter(question -> !question.isRight()).forEach(question ->
                complaints.add(question.name() + ": expected " + question.answer() + ", was " + question.truth()));
        typed.stream().filter(text -> text.contains("vethlab:")).forEach(text -> complaints.add("not emulated: " + text));
        if (!complaints.isEmpty()) {
            complaints.addAll(typed);
        }
        return complaints;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
