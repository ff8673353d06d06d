package dev.vethlab.engine.command.docker.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed template, to be executed any number of times. */
public final class Template {
    private final Parser.Parsed parsed;

    private Template(Parser.Parsed parsed) {
        this.parsed = parsed;
    }

    /** @throws TemplateException as Go's parser would complain */
    public static Template parse(String source) throws TemplateException {
        return new Template(Parser.parse(source, Functions.NAMES));
    }

    /** Executes it on typed data: structs by the names of their Go fields. @throws TemplateException as Go would complain */
    public String execute(@Nullable Object data) throws TemplateException {
        return new Evaluator(Evaluator.Mode.TYPED, parsed.defined()).run(parsed.nodes(), data);
    }

    /** Executes it on the headers of a table ({@code templates.HeaderFunctions}): what has none is {@code <no value>}. */
    public String executeOnHeaders(Map<String, Object> headers) throws TemplateException {
        return new Evaluator(Evaluator.Mode.HEADERS, parsed.defined()).run(parsed.nodes(), headers);
    }

    /**
     * Executes it as {@code docker inspect} does: on the typed data, and if that fails, on the raw JSON by its names, where a missing
     * key is an error ({@code cli/command/inspect/inspector.go}).
     */
    public String executeWithRawFallback(@Nullable Object data) throws TemplateException {
        return executeWithRawFallback(data, data);
    }

    /** The same where the JSON says more than the types do. */
    public String executeWithRawFallback(@Nullable Object typed, @Nullable Object raw) throws TemplateException {
        try {
            return execute(typed);
        } catch (TemplateException e) {
            return new Evaluator(Evaluator.Mode.RAW, parsed.defined()).run(parsed.nodes(), GoJson.readBack(raw));
        }
    }
}
