package dev.vethlab.engine.docker.container;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map that is walked as a small one of Go mostly is ({@code internal/runtime/maps}): by slots, of which a new key takes the first that is
 * free. Go begins at a slot by chance, and of its eight slots most are behind the last key, so that mostly the first one is first.
 */
final class SlotMap<V> extends AbstractMap<String, V> {
    private final List<@Nullable Entry<String, V>> slots = new ArrayList<>();

    @Override
    public @Nullable V put(String key, V value) {
        for (Entry<String, V> entry : entrySet()) {
            if (entry.getKey().equals(key)) {
                return entry.setValue(value);
            }
        }
        int free = slots.indexOf(null);
        var entry = new SimpleEntry<>(key, value);
        if (free < 0) {
            slots.add(entry);
        } else {
            slots.set(free, entry);
        }
        return null;
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Walk();
            }

            @Override
            public int size() {
                return (int) slots.stream().filter(Objects::nonNull).count();
            }
        };
    }

    private final class Walk implements Iterator<Entry<String, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            while (next < slots.size() && slots.get(next) == null) {
                next++;
            }
            return next < slots.size();
        }

        @Override
        public Entry<String, V> next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return Objects.requireNonNull(slots.get(next++));
        }

        @Override
        public void remove() {
            slots.set(next - 1, null);
        }
    }
}
