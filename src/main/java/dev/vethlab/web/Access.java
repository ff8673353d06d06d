package dev.vethlab.web;

import dev.vethlab.session.Links;
import dev.vethlab.session.Role;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ForbiddenException;
import java.util.List;

/** Lets people into sessions, by a session's own id or an invitation's, each as far as they may go. */
@ApplicationScoped
public class Access {
    private final Sessions sessions;
    private final Links links;

    Access(Sessions sessions, Links links) {
        this.sessions = sessions;
        this.links = links;
    }

    /** Somebody in a session, and the address by which they came. */
    public record Visit(Session session, Links.Way way, Role role) {}

    /**
     * Lets somebody in.
     *
     * @param address the session's own id, or an invitation's
     * @param proofs what may prove ownership
     * @throws SessionGoneException if it leads nowhere
     */
    public Visit enter(String address, List<String> proofs) {
        Links.Way way = links.way(address).orElseThrow(SessionGoneException::new);
        Session session = sessions.find(way.session());
        return new Visit(session, way, proofs.contains(session.owner()) ? Role.OWNER : way.role());
    }

    /** The session, for somebody who wants to see it. */
    public Session toLook(String address) {
        return enter(address, List.of()).session();
    }

    /** The session, for somebody who wants to change it. */
    public Session toType(String address) {
        Visit visit = enter(address, List.of());
        if (!visit.role().mayType()) {
            throw new ForbiddenException("By this link one may look, but not type.");
        }
        return visit.session();
    }

    /** The session's own id, for somebody who knows it and wants it forgotten. */
    public String toForget(String address) {
        Links.Way way = links.way(address).orElseThrow(SessionGoneException::new);
        if (way.link() != null) {
            throw new ForbiddenException("By this link the session cannot be deleted.");
        }
        return way.session();
    }

    /** The session, for somebody who wants to let others in. */
    public Session toOwn(String address, List<String> proofs) {
        Visit visit = enter(address, proofs);
        if (visit.role() != Role.OWNER) {
            throw new ForbiddenException("Only who made the session may do this: prove it by the cookie, or by Authorization: Bearer OWNER.");
        }
        return visit.session();
    }
}
