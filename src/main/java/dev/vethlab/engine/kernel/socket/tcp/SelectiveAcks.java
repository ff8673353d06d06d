package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.packet.SackBlock;
import dev.vethlab.engine.packet.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came too early, newest first, and what came twice: the blocks of the SACK option (RFC 2018, RFC 2883, {@code tcp_input.c}). */
final class SelectiveAcks {
    /** {@code TCP_NUM_SACKS}. */
    private static final int MOST = 4;

    private final List<SackBlock> early = new ArrayList<>();
    private @Nullable SackBlock duplicate;

    /** These came before: the next acknowledgement, and only that, says so ({@code tcp_dsack_set}). */
    void cameTwice(int left, int right) {
        duplicate = new SackBlock(left, right);
    }

    /** These came, but not all before them ({@code tcp_sack_new_ofo_skb}). */
    void cameEarly(int left, int right) {
        var block = new SackBlock(left, right);
        for (int i = 0; i < early.size(); i++) {
            if (touch(early.get(i), block)) {
                block = join(early.remove(i), block);
                i = -1;
            }
        }
        early.addFirst(block);
        if (early.size() > MOST) {
            early.removeLast();
        }
    }

    private static boolean touch(SackBlock a, SackBlock b) {
        return !Sequence.after(a.left(), b.right()) && !Sequence.after(b.left(), a.right());
    }

    private static SackBlock join(SackBlock a, SackBlock b) {
        return new SackBlock(Sequence.before(a.left(), b.left()) ? a.left() : b.left(), Sequence.max(a.right(), b.right()));
    }

    /** Whether all of these came early already. */
    boolean has(int left, int right) {
        return early.stream().anyMatch(block -> !Sequence.before(left, block.left()) && !Sequence.after(right, block.right()));
    }

    /** All before {@code next} is there ({@code tcp_sack_remove}). */
    void advanced(int next) {
        early.removeIf(block -> !Sequence.before(next, block.left()));
    }

    /** How many blocks the next acknowledgement has, where {@code most} fit. */
    int count(int most) {
        return Math.min(most, early.size() + (duplicate == null ? 0 : 1));
    }

    /** The blocks of the acknowledgement that leaves now. */
    List<SackBlock> take(int most) {
        if (duplicate == null && early.isEmpty()) {
            return List.of();
        }
        var blocks = new ArrayList<SackBlock>();
        if (duplicate != null) {
            blocks.add(duplicate);
            duplicate = null;
        }
        blocks.addAll(early);
        return List.copyOf(blocks.subList(0, Math.min(most, blocks.size())));
    }
}
