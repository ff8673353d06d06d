package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.engine.trace.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decided at a stage: a kind, one line of text, and the details of that kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
        String kind,
        String text,
        @Nullable String table,
        @Nullable String chain,
        @Nullable String verdict,
        @Nullable List<TriedView> tried,
        @Nullable Boolean local,
        @Nullable String port,
        @Nullable List<String> ports,
        @Nullable String state,
        @Nullable String original,
        @Nullable String reply,
        @Nullable Boolean isReply,
        @Nullable String name,
        @Nullable String value) {

    /** A rule that was looked at. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TriedView(String chain, int number, String text, @Nullable String failed) {
        static TriedView of(Decision.RuleTried tried) {
            Decision.Lazy failed = tried.failed();
            return new TriedView(tried.chain(), tried.number(), tried.rule().text(), failed == null ? null : failed.text());
        }
    }

    /** Translates; null where nothing had to be decided. */
    static @Nullable DecisionView of(Decision decision) {
        return switch (decision) {
            case Decision.None none -> null;
            case Decision.RuleWalk walk -> new Builder(walk.hit() == null ? "policy" : "rule", walk)
                    .rules(walk.table(), walk.chain(), walk.verdict(), walk.tried())
                    .build();
            case Decision.RouteChosen route -> new Builder("route", route).route(route.table(), route.local()).build();
            case Decision.FdbHit hit -> new Builder("fdb", hit).port(hit.port()).build();
            case Decision.Flooded flooded -> new Builder("flooded", flooded).ports(flooded.ports()).build();
            case Decision.NeighbourUsed neighbour -> new Builder("neighbour", neighbour).build();
            case Decision.Tracked tracked -> new Builder("conntrack", tracked)
                    .tracked(tracked.state(), tracked.original().text(), tracked.reply().text(), tracked.isReply())
                    .build();
            case Decision.SocketFound socket -> new Builder("socket", socket).build();
            case Decision.Sysctl sysctl -> new Builder("sysctl", sysctl).sysctl(sysctl.name(), sysctl.value()).build();
            case Decision.Because because -> new Builder("because", because).build();
        };
    }

    /** So that each kind names only the details it has. */
    private static final class Builder {
        private final String kind;
        private final String text;
        private @Nullable String table;
        private @Nullable String chain;
        private @Nullable String verdict;
        private @Nullable List<TriedView> tried;
        private @Nullable Boolean local;
        private @Nullable String port;
        private @Nullable List<String> ports;
        private @Nullable String state;
        private @Nullable String original;
        private @Nullable String reply;
        private @Nullable Boolean isReply;
        private @Nullable String name;
        private @Nullable String value;

        Builder(String kind, Decision decision) {
            this.kind = kind;
            this.text = decision.text();
        }

        Builder rules(String inTable, String inChain, String result, List<Decision.RuleTried> lookedAt) {
            table = inTable;
            chain = inChain;
            verdict = result;
            tried = lookedAt.stream().map(TriedView::of).toList();
            return this;
        }

        Builder route(String inTable, boolean toThisMachine) {
            table = inTable;
            local = toThisMachine;
            return this;
        }

        Builder port(String out) {
            port = out;
            return this;
        }

        Builder ports(List<String> out) {
            ports = out;
            return this;
        }

        Builder tracked(String connection, String firstTuple, String secondTuple, boolean secondWay) {
            state = connection;
            original = firstTuple.isEmpty() ? null : firstTuple;
            reply = secondTuple.isEmpty() ? null : secondTuple;
            isReply = secondWay;
            return this;
        }

        Builder sysctl(String setting, String set) {
            name = setting;
            value = set;
            return this;
        }

        DecisionView build() {
            return new DecisionView(
                    kind, text, table, chain, verdict, tried, local, port, ports, state, original, reply, isReply, name, value);
        }
    }
}
