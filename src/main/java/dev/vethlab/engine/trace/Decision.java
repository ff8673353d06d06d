package dev.vethlab.engine.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decided at a stage. Every kind can say itself in one line, as the tool that shows it would. */
public sealed interface Decision {
    String text();

    /** Nothing had to be decided. */
    record None() implements Decision {
        @Override
        public String text() {
            return "";
        }
    }

    /**
     * A walk through a table's rules at a hook.
     *
     * @param tried the rules looked at, in order, the deciding one last if one decided
     * @param verdict {@code ACCEPT}, {@code DROP}, {@code DNAT} …: what came of it
     * @param byPolicy whether the chain's policy decided
     */
    record RuleWalk(String table, String chain, List<RuleTried> tried, String verdict, boolean byPolicy) implements Decision {
        /** The rule that decided, unless the policy did. */
        public @Nullable RuleTried hit() {
            return byPolicy || tried.isEmpty() ? null : tried.getLast();
        }

        @Override
        public String text() {
            RuleTried hit = hit();
            return hit == null ? "-P " + chain + " " + verdict : hit.rule().text();
        }
    }

    /**
     * One rule looked at.
     *
     * @param number its place in its chain at that moment, from 1
     * @param failed the first thing about the packet that did not match, such as {@code -i: wanted docker0, was eth0}; null if all did
     */
    record RuleTried(String chain, int number, RuleText rule, @Nullable Lazy failed) {
        public boolean matched() {
            return failed == null;
        }
    }

    /** A rule as {@code iptables -S} prints it, made when asked for. */
    interface RuleText {
        /** A number that stays the rule's when its place changes. */
        long id();

        String text();
    }

    /** Text that is made only when somebody reads it. */
    @FunctionalInterface
    interface Lazy {
        String text();
    }

    /** The routing decision; the route as {@code ip route} prints it. */
    record RouteChosen(Lazy route, String table, boolean local) implements Decision {
        @Override
        public String text() {
            return route.text();
        }
    }

    /** The forwarding database knew the port. */
    record FdbHit(Lazy entry, String port) implements Decision {
        @Override
        public String text() {
            return entry.text();
        }
    }

    /** The bridge sent copies to these ports. */
    record Flooded(List<String> ports) implements Decision {
        @Override
        public String text() {
            return ports.isEmpty() ? "no other port" : "flooded to " + String.join(", ", ports);
        }
    }

    /** The neighbour table's entry, as {@code ip neigh} prints it. */
    record NeighbourUsed(Lazy entry) implements Decision {
        @Override
        public String text() {
            return entry.text();
        }
    }

    /**
     * What connection tracking made of the packet.
     *
     * @param state NEW, ESTABLISHED, RELATED, INVALID or UNTRACKED; CONFIRMED when a new entry enters the table
     * @param original the tuple of the first direction, as {@code conntrack -L} prints it; empty if none
     * @param reply the tuple expected back
     * @param isReply whether this packet goes the second way
     */
    record Tracked(String state, Lazy original, Lazy reply, boolean isReply) implements Decision {
        @Override
        public String text() {
            return (state + " " + original.text() + " " + reply.text()).strip();
        }
    }

    /** The socket that took or sent it, as {@code ss} would show it. */
    record SocketFound(Lazy socket) implements Decision {
        @Override
        public String text() {
            return socket.text();
        }
    }

    /** A setting decided. */
    record Sysctl(String name, String value) implements Decision {
        @Override
        public String text() {
            return name + " = " + value;
        }
    }

    /** A fact that is none of the above, in words. */
    record Because(Lazy reason) implements Decision {
        public Because(String text) {
            this(() -> text);
        }

        @Override
        public String text() {
            return reason.text();
        }
    }
}
