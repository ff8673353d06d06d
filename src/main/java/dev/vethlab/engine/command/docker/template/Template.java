package dev.vethlab.engine.command.docker.template;

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
        return new Evaluator(false, parsed.defined()).run(parsed.nodes(), data);
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
            return new Evaluator(true, parsed.defined()).run(parsed.nodes(), GoJson.readBack(raw));
        }
    }
}
