package dev.vethlab.web.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for an answer as a virtual thread may. */
final class Waiting {
    private Waiting() {}

    /** The answer, or the very exception that there is instead. */
    static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
