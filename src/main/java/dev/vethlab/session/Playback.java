package dev.vethlab.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was shared from the start and happens again: the inputs of another session, each at the very point at which it came in there. Until
 * it is over, or somebody takes over, what a page does by itself is put off, for it would change what follows.
 */
final class Playback {
    private final Deque<LoggedInput> left;
    private final List<Runnable> deferred = new ArrayList<>();
    private boolean playing;

    Playback(List<LoggedInput> inputs) {
        left = new ArrayDeque<>(inputs);
        playing = !left.isEmpty();
    }

    /** Whether nothing is left to come in. */
    boolean isOver() {
        return left.isEmpty();
    }

    /** Whether the next input comes in before another event of the simulation. */
    boolean isDue(long events) {
        return !left.isEmpty() && events >= left.peek().events();
    }

    LoggedInput next() {
        return left.element();
    }

    void advance() {
        left.remove();
    }

    /** Whether an input must wait: what opens, sizes and closes terminals comes from the page, not from the person. */
    boolean defers(Input input) {
        return !left.isEmpty() && (input instanceof Input.Open || input instanceof Input.Resize || input instanceof Input.Close);
    }

    void defer(Runnable input) {
        deferred.add(input);
    }

    /** Nothing more comes in; whether there was something, {@link #wasPlaying} tells once. */
    List<Runnable> end() {
        left.clear();
        List<Runnable> waited = List.copyOf(deferred);
        deferred.clear();
        return waited;
    }

    boolean wasPlaying() {
        boolean was = playing;
        playing = false;
        return was;
    }
}
