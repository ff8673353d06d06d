package dev.vethlab.web.rest;

/** A part of a request is larger than it may be. */
final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLargeException(String message) {
        super(message);
    }
}
