package dev.vethlab.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.Documents;
import dev.vethlab.session.Documents.Document;
import dev.vethlab.session.Input;
import dev.vethlab.session.Link;
import dev.vethlab.session.LogConflictException;
import dev.vethlab.session.LoggedInput;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.SessionStore.Stored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class SessionStoreContract {
    static final Duration LIFETIME = Duration.ofDays(30);
    private static final Recipe RECIPE = new Recipe(WorldKind.NET, 7, "");
    private static final List<Input> EVERY_KIND = List.of(
            new Input.Open("t", "host", 80, 24),
            new Input.Line("t", "echo 'ä \u0000 \n\uD83D\uDC33'", "tag"),
            new Input.Keys("t", "\u001B[A"),
            new Input.Interrupt("t", Signal.INT),
            new Input.EndOfInput("t"),
            new Input.Resize("t", 100, 30),
            new Input.Close("t"),
            new Input.Execute("host", "true"),
            new Input.Note("answer:q1", "docker0"),
            new Input.Script(List.of(new Input.Script.Step("host-1", "host", "docker ps"))),
            new Input.Moment());

    /** The store under test; it is the same each time within one test. */
    abstract SessionStore store();

    /** Lets the store's clock go on. */
    abstract void later(Duration time);

    abstract Instant now();

    @Test
    void whatIsAppendedIsThereAgainEveryBitOfIt() {
        store().create("s", new Stored(new Recipe(WorldKind.LAB, -1L, "--userland-proxy=false"), "secret", "share", List.of()));
        List<LoggedInput> log = IntStream.range(0, EVERY_KIND.size())
                .mapToObj(i -> new LoggedInput(i, Long.MAX_VALUE - i, i * 3L, i % 2 == 0 ? "" : "id-" + i, EVERY_KIND.get(i)))
                .toList();
        log.forEach(input -> store().append("s", input));
        assertThat(store().load("s"))
                .contains(new Stored(new Recipe(WorldKind.LAB, -1L, "--userland-proxy=false"), "secret", "share", log));
    }

    @Test
    void theLimitsThatASessionWasMadeWithStayWithIt() {
        var limited = new Recipe(WorldKind.LAB, 1, "", new WorldLimits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
        store().create("s", new Stored(limited, "secret", null, List.of()));
        assertThat(store().load("s").orElseThrow().recipe()).isEqualTo(limited);
    }

    @Test
    void aSessionMayBeginWithALog() {
        List<LoggedInput> log = inputs(2500);
        store().create("s", new Stored(RECIPE, "secret", null, log));
        assertThat(store().load("s").orElseThrow().inputs()).isEqualTo(log);
        store().append("s", input(2500));
        assertThat(store().load("s").orElseThrow().inputs()).hasSize(2501);
    }

    @Test
    void anAppendMustFollowTheLastOne() {
        create("s");
        store().append("s", input(0));
        assertThatThrownBy(() -> store().append("s", input(0))).isInstanceOf(LogConflictException.class);
        assertThatThrownBy(() -> store().append("s", input(2))).isInstanceOf(LogConflictException.class);
        store().append("s", input(1));
        assertThat(store().load("s").orElseThrow().inputs()).containsExactly(input(0), input(1));
    }

    @Test
    void ofManyWhoAppendTheSameIndexOneSucceeds() {
        create("s");
        var succeeded = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            int index = i;
            List<CompletableFuture<Void>> racers = new ArrayList<>();
            for (int racer = 0; racer < 8; racer++) {
                var mine = new LoggedInput(index, 0, 0, "racer-" + racer, new Input.Moment());
                racers.add(CompletableFuture.runAsync(() -> {
                    store().append("s", mine);
                    succeeded.incrementAndGet();
                }, Thread::startVirtualThread));
            }
            racers.forEach(racer -> racer.handle((done, failure) -> failure).join());
        }
        assertThat(succeeded).hasValue(20);
        assertThat(store().load("s").orElseThrow().inputs()).hasSize(20);
    }

    @Test
    void sessionsDoNotDisturbEachOther() {
        create("a");
        create("b");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (String session : List.of("a", "b")) {
            writers.add(CompletableFuture.runAsync(() -> inputs(200).forEach(input -> store().append(session, input)),
                    Thread::startVirtualThread));
        }
        writers.forEach(CompletableFuture::join);
        assertThat(store().load("a").orElseThrow().inputs()).isEqualTo(inputs(200));
        assertThat(store().load("b").orElseThrow().inputs()).isEqualTo(inputs(200));
    }

    @Test
    void whatIsDeletedIsGone() {
        create("s");
        store().append("s", input(0));
        assertThat(store().exists("s")).isTrue();
        assertThat(store().length("s")).isEqualTo(1);
        assertThat(store().size()).isEqualTo(1);
        assertThat(store().delete("s")).isTrue();
        assertThat(store().delete("s")).isFalse();
        assertThat(store().exists("s")).isFalse();
        assertThat(store().length("s")).isZero();
        assertThat(store().size()).isZero();
        assertThat(store().load("s")).isEmpty();
        assertThatThrownBy(() -> store().append("s", input(1))).isInstanceOf(SessionGoneException.class);
    }

    @Test
    void whatNobodyUsesIsForgotten() {
        create("used");
        create("unused");
        later(LIFETIME.minusHours(2));
        store().append("used", input(0));
        later(Duration.ofHours(3));
        store().expire(now());
        assertThat(store().exists("used")).isTrue();
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    void linksAreFoundUntilTheyExpireOrAreDeleted() {
        create("s");
        var share = new Link("b", "s", Link.Kind.MOMENT, now().plus(Duration.ofDays(40)));
        var viewer = new Link("a", "s", Link.Kind.VIEWER, now().plus(Duration.ofHours(1)));
        store().create(share.place(), new Stored(RECIPE, "", null, inputs(3)));
        store().createLink(share);
        store().createLink(viewer);
        assertThat(store().link("a")).contains(viewer);
        assertThat(store().links("s")).containsExactly(viewer, share);
        later(Duration.ofHours(2));
        assertThat(store().link("a")).isEmpty();
        later(LIFETIME);
        store().expire(now());
        assertThat(store().links("s")).containsExactly(share);
        assertThat(store().load(share.place())).as("a share outlives the session").isPresent();
        assertThat(store().deleteLink("b")).isTrue();
        assertThat(store().deleteLink("b")).isFalse();
        assertThat(store().links("s")).isEmpty();
    }

    @Test
    void aLinkMayLeadElsewhere() {
        var link = new Link("a", "s", Link.Kind.PARTICIPANT, now().plus(Duration.ofHours(1)));
        var elsewhere = new Link("a", "t", Link.Kind.VIEWER, now().plus(Duration.ofHours(2)));
        store().createLink(link);
        store().createLink(elsewhere);
        assertThat(store().link("a")).contains(elsewhere);
        assertThat(store().links("s")).isEmpty();
        assertThat(store().links("t")).containsExactly(elsewhere);
    }

    @Test
    void aDocumentIsPutInThePlaceOfTheVersionThatWasRead() {
        Documents documents = store().documents();
        Instant later = now().plus(LIFETIME);
        assertThat(documents.get("f", "k")).isEmpty();
        assertThat(documents.put("f", new Document("k", 0, "ä \uD83D\uDC33 'one'\n%d"), later)).isTrue();
        assertThat(documents.put("f", new Document("k", 0, "again"), later)).as("it is there already").isFalse();
        assertThat(documents.get("f", "k")).contains(new Document("k", 1, "ä \uD83D\uDC33 'one'\n%d"));
        assertThat(documents.put("f", new Document("k", 1, "two"), later)).isTrue();
        assertThat(documents.put("f", new Document("k", 1, "late"), later)).as("another was quicker").isFalse();
        assertThat(documents.put("f", new Document("a", 0, ""), later)).isTrue();
        assertThat(documents.put("other", new Document("z", 0, "z"), later)).isTrue();
        assertThat(documents.all("f")).containsExactly(new Document("a", 1, ""), new Document("k", 2, "two"));
        assertThat(documents.delete("f", "k")).isTrue();
        assertThat(documents.delete("f", "k")).isFalse();
        assertThat(documents.all("f")).containsExactly(new Document("a", 1, ""));
    }

    @Test
    void documentsExpireEachByItself() {
        Documents documents = store().documents();
        documents.put("f", new Document("short", 0, "s"), now().plus(Duration.ofHours(1)));
        documents.put("f", new Document("long", 0, "l"), now().plus(Duration.ofHours(3)));
        later(Duration.ofHours(2));
        assertThat(documents.get("f", "short")).isEmpty();
        assertThat(documents.all("f")).containsExactly(new Document("long", 1, "l"));
        assertThat(documents.put("f", new Document("short", 0, "anew"), now().plus(Duration.ofHours(1)))).isTrue();
        store().expire(now());
        assertThat(documents.get("f", "short")).contains(new Document("short", 1, "anew"));
    }

    @Test
    void ofManyWhoChangeADocumentEachGetsItsTurn() {
        Documents documents = store().documents();
        documents.put("f", new Document("n", 0, "0"), now().plus(LIFETIME));
        List<CompletableFuture<Void>> counting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            counting.add(CompletableFuture.runAsync(() -> {
                boolean put = false;
                while (!put) {
                    Document read = documents.get("f", "n").orElseThrow();
                    String next = Integer.toString(Integer.parseInt(read.text()) + 1);
                    put = documents.put("f", new Document("n", read.version(), next), now().plus(LIFETIME));
                }
            }, Thread::startVirtualThread));
        }
        counting.forEach(CompletableFuture::join);
        assertThat(documents.get("f", "n")).contains(new Document("n", 17, "16"));
    }

    @Test
    void itSaysWhetherItIsThere() {
        assertThat(store().isReady()).isTrue();
    }

    void create(String id) {
        store().create(id, new Stored(RECIPE, "secret", null, List.of()));
    }

    static List<LoggedInput> inputs(int count) {
        return IntStream.range(0, count).mapToObj(SessionStoreContract::input).toList();
    }

    static LoggedInput input(int index) {
        return new LoggedInput(index, index * 1000L, index, "", new Input.Line("t", "echo " + index, ""));
    }

    /** A clock that a test sets. */
    static final class HandClock {
        private Instant now = Instant.ofEpochMilli(System.currentTimeMillis());

        Clock clock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return InstantSource.fixed(now).withZone(zone);
                }
            };
        }

        void later(Duration time) {
            now = now.plus(time);
        }
    }
}
