package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which order a service's containers are kept when there are too many ({@code convergence.ensureService}): those as the file says by
 * their numbers, then the others. Of two others each comes before the other there, so what the sorting makes of it counts.
 */
final class ScaleOrder {
    private ScaleOrder() {}

    static List<ContainerView> of(List<ContainerView> containers, Predicate<ContainerView> obsolete) {
        List<ContainerView> sorted = new ArrayList<>(containers);
        sorted.sort(Comparator.comparingLong(ContainerView::created).reversed()); // as the engine lists them
        // sort.Slice() of up to twelve: by insertion
        for (int i = 1; i < sorted.size(); i++) {
            for (int j = i; j > 0 && isBefore(sorted.get(j), sorted.get(j - 1), obsolete); j--) {
                Collections.swap(sorted, j, j - 1);
            }
        }
        Collections.reverse(sorted);
        return sorted;
    }

    private static boolean isBefore(ContainerView one, ContainerView other, Predicate<ContainerView> obsolete) {
        return obsolete.test(one) || !obsolete.test(other) && ComposeRunner.number(one) > ComposeRunner.number(other);
    }
}
