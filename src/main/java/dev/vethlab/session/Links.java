package dev.vethlab.session;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Links out of sessions (shares: an unchangeable copy of a log, of which every visitor gets a session of their own) and into them
 * (invitations, which can be revoked). Safe for use by several threads.
 */
public final class Links {
    private final Sessions sessions;
    private final SessionStore store;
    private final SessionLimits limits;
    private final Duration lifetime;
    private final Clock clock;
    private final List<Consumer<String>> onRevoke = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> onChange = new CopyOnWriteArrayList<>();

    /** @param lifetime how long a link leads somewhere, at most */
    public Links(Sessions sessions, SessionStore store, SessionLimits limits, Duration lifetime, Clock clock) {
        this.sessions = sessions;
        this.store = store;
        this.limits = limits;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Where an address leads, and what may be done there.
     *
     * @param session the session's own id
     * @param link the invitation's id; null if the address is the session's own
     */
    public record Way(String session, @Nullable String link, Role role) {}

    /** The way to a session by its own id, or by an invitation's; empty if it leads nowhere. */
    public Optional<Way> way(String address) {
        if (sessions.exists(address)) {
            return Optional.of(new Way(address, null, Role.PARTICIPANT));
        }
        return store.link(address)
                .filter(link -> !link.kind().isShare() && sessions.exists(link.session()))
                .map(link -> new Way(link.session(), link.id(), link.kind() == Link.Kind.VIEWER ? Role.VIEWER : Role.PARTICIPANT));
    }

    /**
     * Makes a link.
     *
     * @param lifetime how long it shall lead somewhere; null, or more than is possible: as long as is possible
     * @throws LimitReachedException if the session has too many
     */
    public Link create(Session session, Link.Kind kind, @Nullable Duration lifetime) {
        Link link = next(session.id(), kind, lifetime);
        if (kind.isShare()) {
            store.create(link.place(), new SessionStore.Stored(session.recipe(), "", null, session.logToNow()));
        }
        store.createLink(link);
        return link;
    }

    /**
     * Makes a link into a session, wherever that is.
     *
     * @param kind no share
     * @param lifetime how long it shall lead there; null, or more than is possible: as long as is possible
     * @throws LimitReachedException if the session has too many
     */
    public Link invite(String session, Link.Kind kind, @Nullable Duration lifetime) {
        Link link = next(session, kind, lifetime);
        store.createLink(link);
        return link;
    }

    private Link next(String session, Link.Kind kind, @Nullable Duration lifetime) {
        if (store.links(session).size() >= limits.links()) {
            throw new LimitReachedException("links", "vethlab: this session may have " + limits.links() + " links");
        }
        Duration wanted = lifetime == null || lifetime.compareTo(this.lifetime) > 0 ? this.lifetime : lifetime;
        return new Link(Tokens.link(), session, kind, clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(wanted));
    }

    /**
     * Lets an invitation lead to another session, or let its visitors do something else there. Who is in by it, here, is told to come
     * again.
     */
    public void change(Link link) {
        store.createLink(link);
        onChange.forEach(listener -> listener.accept(link.id()));
    }

    /** A new session for somebody who opens a share; empty if there is no such share. */
    public Optional<Session> open(String id) {
        return store.link(id).filter(link -> link.kind().isShare()).flatMap(link -> store.load(link.place()).map(shared -> {
            boolean fromStart = link.kind() == Link.Kind.START;
            return sessions.create(new SessionStore.Stored(
                    shared.recipe(), Tokens.secret(), fromStart ? id : null, fromStart ? List.of() : shared.inputs()));
        }));
    }

    /** The links of a session, shares and invitations. */
    public List<Link> of(String session) {
        return store.links(session);
    }

    /** Makes a link of a session lead nowhere; whoever is in the session by it is put out. False if there is none. */
    public boolean revoke(String session, String id) {
        Optional<Link> link = store.link(id).filter(found -> found.session().equals(session));
        link.ifPresent(found -> {
            store.deleteLink(id);
            if (found.kind().isShare()) {
                store.delete(found.place());
            }
            onRevoke.forEach(listener -> listener.accept(id));
        });
        return link.isPresent();
    }

    /** Who wants to know that a link leads elsewhere now. */
    public void onChange(Consumer<String> listener) {
        onChange.add(listener);
    }

    /** Who wants to know that a link was revoked. */
    public void onRevoke(Consumer<String> listener) {
        onRevoke.add(listener);
    }
}
