package dev.vethlab.web.rest;

/** A field of a request holds what it may not. */
final class BadFieldException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    BadFieldException(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }
}
