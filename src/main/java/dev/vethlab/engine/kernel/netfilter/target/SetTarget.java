package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.kernel.netfilter.match.SetMatch;
import dev.vethlab.engine.kernel.netfilter.set.IpSet;
import dev.vethlab.engine.kernel.netfilter.set.SetElement;
import dev.vethlab.engine.kernel.netfilter.set.SetEntry;
import dev.vethlab.engine.kernel.netfilter.set.SetException;
import dev.vethlab.engine.kernel.netfilter.set.SetOptions;
import dev.vethlab.engine.kernel.netfilter.set.SetTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -j SET}: puts what a packet is from or for into a set, or takes it out ({@code xt_set.c}). */
public record SetTarget(@Nullable Change add, @Nullable Change delete, boolean exist, int timeout) implements Target {
    /** A set, and which end of the packet each part of its elements is. */
    public record Change(String set, List<Boolean> sources) {
        String text() {
            return set + " " + SetMatch.directions(sources);
        }
    }

    @Override
    public String name() {
        return "SET";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        SetTable sets = at.namespace().netfilter().sets();
        change(sets, add, packet, at, true);
        change(sets, delete, packet, at, false);
        return Verdict.CONTINUE;
    }

    /** What cannot be done, such as adding to a set that is full, is silently not done. */
    private void change(SetTable sets, @Nullable Change change, PacketBuffer packet, HookPoint at, boolean adds) {
        IpSet set = change == null ? null : sets.find(change.set);
        SetElement element = set == null || change == null ? null : SetTable.element(set.type(), packet, at, change.sources);
        if (set == null || element == null) {
            return;
        }
        int seconds = set.options().timeout() == SetOptions.NO_TIMEOUT ? SetOptions.NO_TIMEOUT : timeout;
        try {
            if (adds) {
                sets.add(set, element, new SetEntry.Attributes(seconds, -1, -1, "", false, ""), exist);
            } else {
                sets.delete(set, element, true);
            }
        } catch (SetException e) {
            return;
        }
    }

    @Override
    public void save(StringBuilder out) {
        options(out, "--");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        options(out, "");
    }

    private void options(StringBuilder out, String lead) {
        if (add != null) {
            out.append(' ').append(lead).append("add-set ").append(add.text());
            out.append(exist ? " " + lead + "exist" : "");
            out.append(timeout >= 0 ? " " + lead + "timeout " + timeout : "");
        }
        if (delete != null) {
            out.append(' ').append(lead).append("del-set ").append(delete.text());
        }
    }
}
