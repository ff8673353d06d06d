package dev.vethlab.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** The layers from the top down; a package may use only those below its own. */
final class Layers {
    private static final List<String> FROM_TOP = List.of(
            "web",
            "workshop",
            "session",
            "engine.world",
            "engine.command",
            "engine.shell",
            "engine.docker",
            "engine.process",
            "engine.kernel",
            "engine.trace",
            "engine.packet",
            "engine.sim");

    private Layers() {}

    /** One rule a layer, for packages below {@code base}: uses nothing of the layers above it. */
    static List<ArchRule> rules(String base) {
        return FROM_TOP.stream()
                .skip(1)
                .<ArchRule>map(layer -> {
                    List<String> above = FROM_TOP.subList(0, FROM_TOP.indexOf(layer));
                    return ArchRuleDefinition.noClasses()
                            .that(in(base, List.of(layer)))
                            .should()
                            .dependOnClassesThat(in(base, above))
                            .allowEmptyShould(true);
                })
                .toList();
    }

    /** The client of the Docker engine uses nothing of it but its API, as if that were at the other end of a socket. */
    static ArchRule clientUsesOnlyTheApi(String base) {
        return ArchRuleDefinition.noClasses()
                .that(in(base, List.of("engine.command.docker")))
                .should()
                .dependOnClassesThat(in(base, List.of("engine.docker")).and(DescribedPredicate.not(in(base, List.of("engine.docker.api")))))
                .allowEmptyShould(true);
    }

    /** Every class below {@code base} belongs to a layer, or the rules would not see it. */
    static ArchRule everyClassHasItsLayer(String base) {
        return ArchRuleDefinition.noClasses()
                .that(DescribedPredicate.not(in(base, FROM_TOP)))
                .should()
                .resideInAPackage(base + "..")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> in(String base, List<String> layers) {
        return DescribedPredicate.describe("are in " + String.join(", ", layers), type -> layers.stream()
                .map(layer -> base + "." + layer)
                .anyMatch(name -> type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".")));
    }
}
