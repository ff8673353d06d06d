package dev.vethlab.engine.command.docker.template;

/** A template that cannot be parsed or executed; the message is Go's. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean parsing;

    private TemplateException(String message, boolean parsing) {
        super(message, null, false, false);
        this.parsing = parsing;
    }

    static TemplateException parse(int line, String message) {
        return new TemplateException("template: :" + line + ": " + message, true);
    }

    static TemplateException execute(Node.Position at, String message) {
        return new TemplateException(
                "template: :" + at.line() + ":" + at.column() + ": executing \"\" at <" + at.source() + ">: " + message, false);
    }

    /** The same about a template that has a name: {@code docker version} calls its own {@code version}. */
    public TemplateException named(String name) {
        String message = String.valueOf(getMessage()).replaceFirst("^template: :", "template: " + name + ":")
                .replaceFirst("executing \"\"", "executing \"" + name + "\"");
        return new TemplateException(message, parsing);
    }

    /** Whether it could not even be parsed: the client then ends with 64 before it asks the engine. */
    public boolean isParsing() {
        return parsing;
    }
}
