package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.BuildRequest;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Locale;

/** Images of a project's services: built or pulled. */
final class ComposeImages {
    private static final int CONFLICT = 409;

    private final EmulatedProcess self;
    private final EngineApi engine;
    private final ComposeProject project;
    private final boolean dry;

    ComposeImages(EmulatedProcess self, EngineApi engine, ComposeProject project, boolean dry) {
        this.self = self;
        this.engine = engine;
        this.project = project;
        this.dry = dry;
    }

    /** Builds a service's image, as {@code docker build} would. */
    void build(ComposeProject.Service service) throws ComposeException, EngineException {
        ComposeProject.Build build = java.util.Objects.requireNonNull(service.build);
        BuildRequest request;
        try {
            String file = build.dockerfile();
            request = BuildCommand.context(self, build.context(), file.isEmpty() || file.startsWith("/") ? file
                    : build.context().replaceFirst("/*$", "/") + file);
        } catch (FlagException e) {
            throw ComposeException.of("unable to prepare context: " + e.message());
        } catch (KernelException e) {
            throw ComposeException.of("unable to prepare context: " + e.errno().message().toLowerCase(Locale.ROOT));
        }
        build.arguments().forEach((name, value) -> {
            String own = value == null ? self.context().environment().get(name) : value;
            if (own != null) {
                request.arguments.put(name, own);
            }
        });
        request.target = build.target();
        request.tags.add(Reference.parse(service.imageName(project.name())).orElseThrow(() -> ComposeException.of("invalid reference format")));
        BuildRequest.Result result = engine.images().build(self, request, self::print);
        if (!result.error().isEmpty()) {
            throw ComposeException.of(result.error());
        }
    }

    /** Gets a service's image from the registry. */
    void pull(ComposeProject.Service service) throws ComposeException, EngineException {
        Reference reference = Reference.parse(service.image).orElse(null);
        if (reference == null) {
            throw ComposeException.of(Reference.complaint(service.image));
        }
        ComposeCall.progress(self, dry, " " + service.name + " Pulling ");
        try {
            engine.images().pull(reference);
        } catch (EngineException e) {
            ComposeCall.progress(self, dry, " " + service.name + " Error " + e.message());
            throw e;
        }
        ComposeCall.progress(self, dry, " " + service.name + " Pulled ");
    }

    /** {@code down --rmi}: those of all services, or only those that were built for the project ({@code imagePruner}). */
    void remove(boolean all) throws EngineException {
        for (ComposeProject.Service service : project.services().values()) {
            Reference reference = Reference.parse(service.imageName(project.name())).orElse(null);
            if (reference == null || !all && !service.image.isEmpty()) {
                continue;
            }
            say(reference, "Removing");
            if (engine.images().lookup(reference.toString()) == null) {
                say(reference, "Warning: No resource found to remove");
                continue;
            }
            try {
                engine.images().remove(reference.toString(), false);
                say(reference, "Removed");
            } catch (EngineException e) {
                if (e.status() != CONFLICT) {
                    throw e;
                }
                say(reference, "Resource is still in use");
            }
        }
    }

    private void say(Reference image, String what) {
        ComposeCall.progress(self, dry, " Image " + image + "  " + what);
    }
}
