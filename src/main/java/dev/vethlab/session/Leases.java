package dev.vethlab.session;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which replica drives which session. A lease is held for a short time and renewed; when its holder dies, it is free soon after. What a
 * replica appends after it lost its lease is refused by the store ({@link SessionStore#append}).
 */
public interface Leases {
    /** There is only this replica. */
    Leases ALONE = new Leases() {
        @Override
        public Optional<String> claim(String session) {
            return Optional.empty();
        }

        @Override
        public Optional<String> holder(String session) {
            return Optional.empty();
        }

        @Override
        public List<String> renew(Collection<String> sessions) {
            return List.of();
        }

        @Override
        public void release(String session) {}
    };

    /** Takes a session's lease if nobody else holds it; otherwise the address of who does. */
    Optional<String> claim(String session);

    /** The address of the other replica that holds a session's lease, if one does. */
    Optional<String> holder(String session);

    /** Holds these leases for longer; those that somebody else holds by now are the answer. */
    List<String> renew(Collection<String> sessions);

    /** Lets a session's lease go, if this replica holds it. */
    void release(String session);
}
