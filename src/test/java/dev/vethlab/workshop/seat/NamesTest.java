package dev.vethlab.workshop.seat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Ada", "Grace Hopper", "王芳", "Zoë <3", "<b>x</b>", "r2-d2", "x"})
    void peopleAreCalledAsTheyTyped(String name) {
        assertThat(Names.shown("  " + name + " ")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "…", "a\nb", "a\u0000", "a\u202Eb", "a\u200Bb", "a\uD800", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void whatCannotBeSeenIsNoName(String name) {
        assertThatThrownBy(() -> Names.shown(name)).isInstanceOf(WorkshopException.class).hasMessageStartingWith("A name ");
    }

    @Test
    void namesThatLookTheSameAreTheSame() {
        assertThat(Names.key(Names.shown("ADA  Lovelace"))).isEqualTo(Names.key(Names.shown("ada\u00A0lovelace")));
        assertThat(Names.key(Names.shown("Zoe\u0308"))).isEqualTo(Names.key(Names.shown("zoë")));
        assertThat(Names.key("Ａda")).isEqualTo(Names.key("ada"));
    }
}
