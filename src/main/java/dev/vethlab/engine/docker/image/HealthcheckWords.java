package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.GoDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The instruction {@code HEALTHCHECK} ({@code instructions.parseHealthcheck}). */
final class HealthcheckWords {
    private HealthcheckWords() {}

    static ContainerConfig.Healthcheck parse(Dockerfile.Instruction instruction) throws EngineException {
        String[] parts = instruction.rest().split("\\s+", 2);
        if (parts[0].equalsIgnoreCase("NONE")) {
            return new ContainerConfig.Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0);
        }
        if (!parts[0].equalsIgnoreCase("CMD") || parts.length < 2) {
            throw EngineException.badRequest("Unknown type \"" + parts[0].toUpperCase(Locale.ROOT) + "\" in HEALTHCHECK (try CMD)");
        }
        List<String> items = Dockerfile.json(parts[1]);
        var test = new ArrayList<String>();
        test.add(items == null ? "CMD-SHELL" : "CMD");
        test.addAll(items == null ? List.of(parts[1]) : items);
        String retries = instruction.flag("retries");
        return new ContainerConfig.Healthcheck(test, nanos(instruction, "interval"), nanos(instruction, "timeout"),
                nanos(instruction, "start-period"), nanos(instruction, "start-interval"),
                retries.matches("\\d{1,6}") ? Integer.parseInt(retries) : 0);
    }

    /** As Go's {@code %v} prints a pointer to a {@code HealthConfig}. */
    static String printed(ContainerConfig.Healthcheck check) {
        return "&{[" + String.join(" ", check.test()) + "] " + GoDuration.text(check.interval()) + " " + GoDuration.text(check.timeout()) + " "
                + GoDuration.text(check.startPeriod()) + " " + GoDuration.text(check.startInterval()) + " " + check.retries() + "}";
    }

    private static long nanos(Dockerfile.Instruction instruction, String flag) {
        return GoDuration.parse(instruction.flag(flag)).orElse(0);
    }
}
