package dev.vethlab.session.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.session.Input;
import dev.vethlab.session.LoggedInput;
import dev.vethlab.session.Recipe;
import java.io.IOException;

/** What is stored, as JSON: what is written today must be read by every later version, so names here never change. */
final class Codec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addMixIn(Input.class, Inputs.class)
            .addMixIn(WorldLimits.class, Limits.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Codec() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(value = Input.Open.class, name = "open"),
        @Type(value = Input.Line.class, name = "line"),
        @Type(value = Input.Keys.class, name = "keys"),
        @Type(value = Input.Interrupt.class, name = "signal"),
        @Type(value = Input.EndOfInput.class, name = "eof"),
        @Type(value = Input.Resize.class, name = "resize"),
        @Type(value = Input.Close.class, name = "close"),
        @Type(value = Input.Execute.class, name = "exec"),
        @Type(value = Input.Script.class, name = "script"),
        @Type(value = Input.Note.class, names = {"note", "Input$Note"}), // the second is what was written before notes had a name
        @Type(value = Input.Moment.class, name = "moment")
    })
    private interface Inputs {}

    @JsonDeserialize(using = LimitsReader.class)
    private interface Limits {}

    /** A limit that there was not yet when a recipe was stored is as it is by default: not 0, with which nothing could be done. */
    private static final class LimitsReader extends JsonDeserializer<WorldLimits> {
        private static final ObjectMapper PLAIN =
                JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

        @Override
        public WorldLimits deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectNode limits = PLAIN.valueToTree(WorldLimits.DEFAULT);
            limits.setAll((ObjectNode) PLAIN.readTree(parser));
            return PLAIN.treeToValue(limits, WorldLimits.class);
        }
    }

    static String text(LoggedInput input) {
        return write(input);
    }

    static LoggedInput input(String text) {
        return read(text, LoggedInput.class);
    }

    static String text(Recipe recipe) {
        return write(recipe);
    }

    static Recipe recipe(String text) {
        return read(text, Recipe.class);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is stored is not what was written", e);
        }
    }
}
