package dev.vethlab.engine.kernel.socket.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.SackBlock;
import org.junit.jupiter.api.Test;

/** The blocks of the SACK option (RFC 2018 §4, RFC 2883 §4). */
class SelectiveAcksTest {
    private final SelectiveAcks acks = new SelectiveAcks();

    @Test
    void theNewestBlockIsFirst() {
        acks.cameEarly(10, 20);
        acks.cameEarly(30, 40);
        assertThat(acks.take(3)).containsExactly(new SackBlock(30, 40), new SackBlock(10, 20));
    }

    @Test
    void blocksThatTouchAreOne() {
        acks.cameEarly(10, 20);
        acks.cameEarly(30, 40);
        acks.cameEarly(20, 30);
        assertThat(acks.take(3)).containsExactly(new SackBlock(10, 40));
        assertThat(acks.has(12, 38)).isTrue();
        assertThat(acks.has(12, 41)).isFalse();
    }

    @Test
    void numbersWrapAround() {
        acks.cameEarly(-10, 5);
        acks.cameEarly(5, 9);
        assertThat(acks.take(3)).containsExactly(new SackBlock(-10, 9));
    }

    @Test
    void whatCameTwiceIsToldOnce() {
        acks.cameEarly(10, 20);
        acks.cameTwice(1, 5);
        assertThat(acks.take(3)).containsExactly(new SackBlock(1, 5), new SackBlock(10, 20));
        assertThat(acks.take(3)).containsExactly(new SackBlock(10, 20));
    }

    @Test
    void whatIsInOrderNowIsNoLongerEarly() {
        acks.cameEarly(10, 20);
        acks.cameEarly(30, 40);
        acks.advanced(20);
        assertThat(acks.take(3)).containsExactly(new SackBlock(30, 40));
    }

    @Test
    void noMoreBlocksThanFit() {
        for (int i = 0; i < 6; i++) {
            acks.cameEarly(i * 10, i * 10 + 1);
        }
        assertThat(acks.count(3)).isEqualTo(3);
        assertThat(acks.take(3)).containsExactly(new SackBlock(50, 51), new SackBlock(40, 41), new SackBlock(30, 31));
    }
}
