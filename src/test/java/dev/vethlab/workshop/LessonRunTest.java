package dev.vethlab.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.session.Input;
import dev.vethlab.session.Link;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How progress comes about, in the third lesson. */
class LessonRunTest {
    private final Walk walk = new Walk("03-publish-a-port");

    @AfterEach
    void close() {
        walk.close();
    }

    private Progress.QuestionProgress question(int step) {
        return walk.progress().steps().get(step).questions().getFirst();
    }

    @Test
    void aPredictionIsSettledByWhatHappensAndNotByTheKey() {
        walk.note("answer:closed-port", "SYN-ACK");
        assertThat(question(0).isSettled()).isFalse();
        walk.type(0);
        assertThat(question(0)).satisfies(settled -> {
            assertThat(settled.truth()).isEqualTo("RST-ACK");
            assertThat(settled.isRight()).isFalse();
            assertThat(settled.packet()).isPositive();
        });
        assertThat(walk.progress().reached()).isEqualTo(1);
    }

    @Test
    void aPredictionMayBeChangedUntilItIsSettled() {
        walk.note("answer:closed-port", "nothing");
        walk.note("answer:closed-port", "RST-ACK");
        walk.type(0);
        walk.note("answer:closed-port", "nothing");
        assertThat(question(0).isRight()).isTrue();
    }

    @Test
    void theTruthIsNotToldBeforeTheAnswer() {
        walk.type(0);
        assertThat(question(0).truth()).isNull();
        assertThat(walk.progress().reached()).isZero();
        walk.answer(0);
        assertThat(question(0).isRight()).isTrue();
        assertThat(walk.progress().reached()).isEqualTo(1);
    }

    @Test
    void aStepIsNotLookedAtBeforeItsTurn() {
        walk.type("host", "docker run -d --name web -p 5001:5001 my-app");
        assertThat(walk.progress().steps().get(1).goals()).containsOnly(false);
        walk.answer(0);
        walk.type("client", "curl http://192.168.1.10:5002/");
        assertThat(walk.progress().reached()).isZero();
    }

    @Test
    void whatIsTypedInATerminalCountsAsWellAndIsTold() throws InterruptedException {
        Session session = walk.session();
        walk.answer(0);
        session.addViewer();
        session.submit(new Input.Open("client-1", "client", 80, 24)).join();
        session.submit(new Input.Line("client-1", "curl http://192.168.1.10:5001/", "")).join();

        assertThat(toldFrom(session, 0)).anyMatch(progress -> progress.reached() == 1);
        assertThat(walk.progress().reached()).isEqualTo(1);
    }

    /** What viewers are told until the first step is done. */
    private static List<Progress> toldFrom(Session session, int reached) throws InterruptedException {
        List<Progress> told = new ArrayList<>();
        long place = session.stream().beforeFirst();
        while (told.isEmpty() || told.getLast().reached() == reached) {
            for (var update : ((SessionStream.Read.Updates) session.stream().read(place, 64)).updates()) {
                place = update.sequence();
                if (update.update() instanceof LessonRun.Told(Progress progress)) {
                    told.add(progress);
                }
            }
        }
        return told;
    }

    @Test
    void progressComesBackWithTheSessionAndItsShares() {
        for (int step = 0; step < 4; step++) {
            walk.answer(step);
            walk.type(step);
        }
        walk.note("hint", "9");
        Progress progress = walk.progress();
        assertThat(progress.reached()).isEqualTo(4);

        Link share = walk.links.create(walk.session(), Link.Kind.MOMENT, null);
        Session opened = walk.links.open(share.id()).orElseThrow();
        assertThat(LessonRun.of(opened)).map(LessonRun::progress).contains(progress);

        walk.sessions.restIdle(-1);
        Session back = walk.sessions.find(walk.session().id());
        assertThat(LessonRun.of(back)).map(LessonRun::progress).contains(progress);
    }

    @Test
    void wordsThatMeanNothingChangeNothing() {
        Progress before = walk.progress();
        walk.note("answer:no-such-question", "yes");
        walk.note("read", "99");
        walk.note("hint", "-1");
        walk.note("lesson", "03-publish-a-port");
        assertThat(walk.progress()).isEqualTo(before);
    }
}
