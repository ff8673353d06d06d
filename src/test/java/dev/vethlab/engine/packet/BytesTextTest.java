package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.junit.jupiter.api.Test;

/** Bytes pass through a text unharmed, be they UTF-8 or not: a shell's pipes and variables carry anything. */
class BytesTextTest {
    @Test
    void anyBytesComeBack() {
        qt().forAll(lists().of(integers().between(0, 255)).ofSizeBetween(0, 40)).checkAssert(values -> {
            byte[] array = new byte[values.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = (byte) (int) values.get(i);
            }
            Bytes bytes = Bytes.of(array);
            assertThat(Bytes.of(bytes.text())).isEqualTo(bytes);
        });
    }

    @Test
    void properTextIsWhatItSays() {
        Bytes bytes = Bytes.of("é – 😀 �");
        assertThat(bytes.text()).isEqualTo("é – 😀 �");
        assertThat(bytes.length()).isEqualTo(2 + 1 + 3 + 1 + 4 + 1 + 3);
    }

    @Test
    void whatIsNoTextIsShownAsSuch() {
        Bytes bytes = Bytes.of(new byte[] {'a', (byte) 0xFF, 'b'});
        assertThat(bytes.shown()).isEqualTo("a\uFFFDb");
        assertThat(bytes.text()).hasSize(3);
    }
}
