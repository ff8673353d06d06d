package dev.vethlab.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.Recipe;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Recipe RECIPE = new Recipe(WorldKind.LAB, 1, "", new WorldLimits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));

    @Test
    void aLimitThatIsNewerThanARecipeIsAsItIsByDefault() {
        String older = Codec.text(RECIPE).replace(",\"fileBytes\":12,\"memory\":13,\"packetsPerSecond\":14", "");
        assertThat(older).doesNotContain("fileBytes", "memory", "packetsPerSecond");
        assertThat(Codec.recipe(older).limits()).isEqualTo(new WorldLimits(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, WorldLimits.DEFAULT.fileBytes(), WorldLimits.DEFAULT.memory(),
                WorldLimits.DEFAULT.packetsPerSecond()));
    }

    @Test
    void aRecipeWithoutLimitsHasNone() {
        String old = "{\"world\":\"NET\",\"seed\":7,\"dockerd\":\"\"}";
        assertThat(Codec.recipe(old)).isEqualTo(new Recipe(WorldKind.NET, 7, ""));
    }

    @Test
    void whatALaterVersionKeepsBesidesDoesNotMatter() {
        String later = Codec.text(RECIPE).replace("\"limits\":{", "\"more\":1,\"limits\":{\"pipes\":9,");
        assertThat(later).contains("pipes");
        assertThat(Codec.recipe(later)).isEqualTo(RECIPE);
    }
}
