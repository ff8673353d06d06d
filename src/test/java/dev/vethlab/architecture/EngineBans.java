package dev.vethlab.architecture;


import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;

/** What the engine may not touch, so that a session replays bit for bit and needs nothing around it. */
final class EngineBans {
    /** Calls whose answers differ from run to run. */
    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.lang.Thread.sleep",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.UUID.randomUUID",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.stream.BaseStream.parallel",
            "java.util.stream.Stream.parallel");

    /** Types: unordered, random by themselves, or doors to the outside. */
    private static final List<String> TYPES = List.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream");

    private static final List<String> PACKAGES = List.of(
            "java.nio.file", "java.net", "io.quarkus", "jakarta", "com.fasterxml", "io.vertx", "io.smallrye", "org.jboss", "java.sql");

    private EngineBans() {}

    static List<ArchRule> rules(String engine) {
        return List.of(
                ArchRuleDefinition.noClasses()
                        .that()
                        .resideInAPackage(engine + "..")
                        .should()
                        .accessTargetWhere(BANNED_CALL)
                        .because("the same seed and inputs must give the same results"),
                ArchRuleDefinition.noClasses()
                        .that()
                        .resideInAPackage(engine + "..")
                        .should()
                        .dependOnClassesThat(BANNED_TYPE)
                        .because("the engine is plain Java: deterministic, and without a world outside"));
    }

    private static final DescribedPredicate<JavaAccess<?>> BANNED_CALL = DescribedPredicate.describe(
            "answers differently from run to run",
            access -> access.getTarget().getName().equals("parallelStream")
                    || CALLS.contains(access.getTargetOwner().getName() + "." + access.getTarget().getName()));

    private static final DescribedPredicate<JavaClass> BANNED_TYPE = DescribedPredicate.describe(
            "are unordered, random or lead outside",
            type -> TYPES.contains(type.getName())
                    || PACKAGES.stream().anyMatch(p -> type.getPackageName().equals(p) || type.getPackageName().startsWith(p + ".")));
}
