package dev.vethlab.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What others want done on a session's own thread, between two events of its simulation. */
final class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Task<?>> tasks = new ArrayDeque<>();
    private final Runnable onPost;
    private @Nullable Supplier<RuntimeException> closed;

    /** @param onPost told after each post, by the poster's thread */
    Mailbox(Runnable onPost) {
        this.onPost = onPost;
    }

    /** Something to do, and who waits for what comes of it. */
    static final class Task<T> {
        private final Supplier<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        private Task(Supplier<T> work) {
            this.work = work;
        }

        void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    /** Leaves work; the answer fails if the mailbox is closed before. */
    <T> CompletableFuture<T> post(Supplier<T> work) {
        var task = new Task<>(work);
        lock.lock();
        try {
            if (closed != null) {
                return CompletableFuture.failedFuture(closed.get());
            }
            tasks.addLast(task);
            filled.signal();
        } finally {
            lock.unlock();
        }
        onPost.run();
        return task.answer;
    }

    @Nullable Task<?> poll() {
        lock.lock();
        try {
            return tasks.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a task. */
    Task<?> take() {
        lock.lock();
        try {
            while (tasks.isEmpty()) {
                filled.awaitUninterruptibly();
            }
            return tasks.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more; what is left fails, and what comes. */
    void close(Supplier<RuntimeException> why) {
        List<Task<?>> left;
        lock.lock();
        try {
            closed = why;
            left = List.copyOf(tasks);
            tasks.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(task -> task.answer.completeExceptionally(why.get()));
    }
}
