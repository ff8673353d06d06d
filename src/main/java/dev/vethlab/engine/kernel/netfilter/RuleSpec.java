package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.SetMatch;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.kernel.netfilter.target.SetTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a rule says, apart from where it is and what it has counted. Two are the same rule if their {@link #text} is the same. */
public record RuleSpec(HeaderMatch header, List<Match> matches, Target target) {
    /** Begins a rule in code: {@code RuleSpec.build().in("docker0").notOut("docker0").jump("…")}. */
    public static RuleBuilder build() {
        return new RuleBuilder();
    }

    /** As {@code iptables -S} prints it behind {@code -A CHAIN}, with a blank before each option; empty for a rule that says nothing. */
    public String text() {
        return text("");
    }

    /** The same with {@code counters}, such as {@code  -c 5 6}, where {@code iptables -S -v} prints them. */
    public String text(String counters) {
        var out = new StringBuilder(64);
        header.save(out);
        for (Match match : matches) {
            out.append(" -m ").append(match.name());
            match.save(out);
        }
        out.append(counters);
        if (!target.name().isEmpty()) {
            boolean goTo = target instanceof JumpTarget jump && jump.goTo();
            out.append(goTo ? " -g " : " -j ").append(target.name());
            target.save(out);
        }
        return out.toString();
    }

    /** The names of the sets that it asks or changes. */
    List<String> sets() {
        var names = new ArrayList<String>(0);
        for (Match match : matches) {
            if (match instanceof SetMatch set) {
                names.add(set.set());
            }
        }
        if (target instanceof SetTarget set) {
            Stream.of(set.add(), set.delete()).filter(Objects::nonNull).forEach(change -> names.add(change.set()));
        }
        return names;
    }

    boolean needsAccounting() {
        return matches.stream().anyMatch(Match::needsAccounting);
    }

    boolean needsConntrack() {
        for (Match match : matches) {
            if (match.needsConntrack()) {
                return true;
            }
        }
        return target.needsConntrack();
    }

    /** Whether the kernel takes a packet of this hook here ({@code checkentry}). */
    boolean allowedAt(Hook hook) {
        for (Match match : matches) {
            if (!match.allowedAt(hook)) {
                return false;
            }
        }
        return target.allowedAt(hook);
    }

    /** Whether the kernel takes the conditions and the target with this header. */
    boolean allowed() {
        for (Match match : matches) {
            if (!match.allowedFor(header)) {
                return false;
            }
        }
        return target.allowedFor(header);
    }

    /** The number of the first condition that the packet does not meet; -1 if it meets all. */
    int firstFailure(PacketBuffer packet, HookPoint at) {
        int failed = header.firstFailure(packet, at);
        for (int i = 0; failed < 0 && i < matches.size(); i++) {
            if (!matches.get(i).matches(packet, at)) {
                failed = HeaderMatch.PARTS + i;
            }
        }
        return failed;
    }

    /** Why that condition was not met, such as {@code -i: wanted docker0, was eth0}. */
    String failure(int condition, PacketView seen) {
        if (condition < HeaderMatch.PARTS) {
            return header.failure(condition, seen);
        }
        Match match = matches.get(condition - HeaderMatch.PARTS);
        var wanted = new StringBuilder();
        match.save(wanted);
        return "-m " + match.name() + ": wanted" + wanted + ", was " + match.was(seen);
    }
}
