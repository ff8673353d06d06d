package dev.vethlab.engine.command.docker.template;

/** A template that cannot be parsed or executed; the message is Go's. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;
    private final boolean parsing;
    private String written = "";

    private TemplateException(String template, String place, String reason, boolean parsing) {
        this(template, template, place, reason, parsing);
    }

    private TemplateException(String template, String executing, String place, String reason, boolean parsing) {
        super("template: " + template + ":" + place + ": " + (parsing ? "" : "executing \"" + executing + "\" at ") + reason, null, false, false);
        this.place = place;
        this.reason = reason;
        this.parsing = parsing;
    }

    static TemplateException parse(int line, String message) {
        return new TemplateException("", Integer.toString(line), message, true);
    }

    static TemplateException execute(Node.Position at, String message) {
        return new TemplateException("", at.line() + ":" + at.column(), "<" + at.source() + ">: " + message, false);
    }

    /** The same about a template that has a name: {@code docker version} calls its own {@code version}. */
    public TemplateException named(String template) {
        return new TemplateException(template, place, reason, parsing);
    }

    /** Keeps what was written before it failed. */
    TemplateException after(String text) {
        written = text;
        return this;
    }

    /** What was written before it failed: who executes straight to the terminal has shown it. */
    public String written() {
        return written;
    }

    /** The same while a template was executed that this one defines. */
    TemplateException within(String defined) {
        return new TemplateException("", defined, place, reason, parsing);
    }

    /** Whether it could not even be parsed: the client then ends with 64 before it asks the engine. */
    public boolean isParsing() {
        return parsing;
    }
}
