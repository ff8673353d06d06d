package dev.vethlab.web;

import dev.vethlab.session.LimitReachedException;
import dev.vethlab.workshop.seat.Seat;
import dev.vethlab.workshop.seat.WorkshopException;
import dev.vethlab.workshop.seat.Workshops;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

/** Gives people from the web their seats in workshops, each browser its own again. */
@ApplicationScoped
public class Joining {
    private final Workshops workshops;
    private final Creation creation;

    Joining(Workshops workshops, Creation creation) {
        this.workshops = workshops;
        this.creation = creation;
    }

    /**
     * A seat for who asks.
     *
     * @throws WorkshopException if there is no such workshop, it is over, or the name cannot be
     * @throws LimitReachedException if all seats are taken, or too many wrong codes came from this address
     */
    public Seat join(String code, String name, HttpHeaders headers, HttpServerRequest request) {
        if (workshops.ofCode(code).isEmpty()) {
            creation.countWrongCode(request);
        }
        return workshops.join(code, name, SeatCookie.link(headers, code));
    }
}
