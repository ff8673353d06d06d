package dev.vethlab.engine.process.file;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory whose entries depend on who looks, as {@code /proc} and {@code /sys/class/net}. */
public final class GeneratedDirectory extends Node {
    private final Listing listing;

    /** Says what a process sees in it. */
    @FunctionalInterface
    public interface Listing {
        /** The entries by name, in the order that they are listed. */
        Map<String, Node> of(EmulatedProcess reader);

        /** The entry of that name, null if there is none: to be overridden where it is found without listing all. */
        default @Nullable Node find(String name, EmulatedProcess reader) {
            return of(reader).get(name);
        }
    }

    public GeneratedDirectory(Listing listing) {
        this(0555, listing);
    }

    GeneratedDirectory(int mode, Listing listing) {
        super(mode, 0);
        this.listing = listing;
    }

    Listing listing() {
        return listing;
    }

    @Override
    Map<String, Node> entries(@Nullable EmulatedProcess reader) {
        return reader == null ? new LinkedHashMap<>() : listing.of(reader);
    }

    @Override
    @Nullable Node entry(String name, @Nullable EmulatedProcess reader) {
        return reader == null ? null : listing.find(name, reader);
    }

    @Override
    public int links() {
        return 2;
    }

    @Override
    public char type() {
        return 'd';
    }

    @Override
    public long size() {
        return 0;
    }
}
