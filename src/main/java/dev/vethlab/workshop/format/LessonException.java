package dev.vethlab.workshop.format;

/** A lesson cannot be read; the message says where and why: {@code 03-publish-a-port.md:12: unknown key "at"}. */
public final class LessonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LessonException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
