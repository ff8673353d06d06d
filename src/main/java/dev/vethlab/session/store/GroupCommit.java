package dev.vethlab.session.store;

import dev.vethlab.session.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One thread that writes for all: what comes while a transaction is being synchronised to the disk goes into the next one together, so
 * that many sessions share the cost of one {@code fsync}, and none pays for it on its own thread.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MOST_AT_ONCE = 1000;

    /** A change; what it throws unchecked is the answer of it alone, and nothing of it may have been written by then. */
    interface Change<T> {
        T apply(Connection database) throws SQLException;
    }

    private record Pending<T>(Change<T> change, CompletableFuture<T> answer) {}

    /** A change that was made, and waits for the transaction. */
    private record Made<T>(CompletableFuture<T> answer, T value) {
        void complete() {
            answer.complete(value);
        }
    }

    private static final Pending<Void> END = new Pending<>(database -> null, new CompletableFuture<>());

    private final Connection database;
    private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    /** @param database not in auto-commit mode, and used by nobody else */
    GroupCommit(Connection database) {
        this.database = database;
        writer = Thread.ofPlatform().name("store-writer").daemon().start(this::run);
    }

    /** Waits until a change is safely on the disk. */
    <T> T write(Change<T> change) {
        var pending = new Pending<>(change, new CompletableFuture<T>());
        queue.add(pending);
        if (closed && queue.remove(pending)) {
            throw new StoreException(new IllegalStateException("closed"));
        }
        try {
            return pending.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        List<Pending<?>> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            queue.drainTo(batch, MOST_AT_ONCE - 1);
            commit(batch);
            batch.clear();
        }
    }

    private void commit(List<Pending<?>> batch) {
        List<Made<?>> made = new ArrayList<>();
        try {
            for (Pending<?> pending : batch) {
                make(pending, made);
            }
            database.commit();
        } catch (SQLException e) {
            rollBack();
            batch.forEach(pending -> pending.answer.completeExceptionally(new StoreException(e)));
        }
        made.forEach(Made::complete);
    }

    private <T> void make(Pending<T> pending, List<Made<?>> made) throws SQLException {
        try {
            made.add(new Made<>(pending.answer, pending.change.apply(database)));
        } catch (RuntimeException e) {
            pending.answer.completeExceptionally(e);
        }
    }

    private void rollBack() {
        try {
            database.rollback();
        } catch (SQLException e) {
            // nothing was committed, which is all that matters here
        }
    }

    /** Writes what was left, and ends. */
    @Override
    public void close() {
        closed = true;
        queue.add(END);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
