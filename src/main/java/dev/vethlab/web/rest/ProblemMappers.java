package dev.vethlab.web.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionMovedException;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.StoreException;
import dev.vethlab.session.UnknownNodeException;
import dev.vethlab.web.Wordless;
import dev.vethlab.web.rest.Problem.FieldError;
import dev.vethlab.workshop.seat.WorkshopException;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of the REST interface becomes a problem that says what to do about it. */
@Singleton
class ProblemMappers {
    private final SessionObserver observer;

    ProblemMappers(SessionObserver observer) {
        this.observer = observer;
    }

    @ServerExceptionMapper
    Response gone(SessionGoneException e) {
        return Problem.response(Response.Status.NOT_FOUND, e.getMessage());
    }

    @ServerExceptionMapper
    Response unknownNode(UnknownNodeException e) {
        return Problem.response(Response.Status.NOT_FOUND, e.getMessage());
    }

    @ServerExceptionMapper
    Response limit(LimitReachedException e) {
        observer.limited(e.limit(), 1);
        return Problem.response(Response.Status.TOO_MANY_REQUESTS, e.getMessage());
    }

    @ServerExceptionMapper
    Response workshop(WorkshopException e) {
        return switch (e.reason()) {
            case GONE -> Problem.response(Response.Status.NOT_FOUND, e.getMessage());
            case CLOSED, NAME_TAKEN -> Problem.response(Response.Status.CONFLICT, e.getMessage());
            case BAD_NAME -> Problem.badFields(List.of(new FieldError("name", e.getMessage())));
        };
    }

    @ServerExceptionMapper
    Response moved(SessionMovedException e) {
        return later(e.getMessage());
    }

    @ServerExceptionMapper
    Response noStore(StoreException e) {
        Log.warn(e.getMessage() + " " + e.getCause());
        return later(e.getMessage());
    }

    private static Response later(String detail) {
        return Response.fromResponse(Problem.response(Response.Status.SERVICE_UNAVAILABLE, detail)).header("Retry-After", 1).build();
    }

    @ServerExceptionMapper
    Response tooLarge(TooLargeException e) {
        return Problem.response(Response.Status.REQUEST_ENTITY_TOO_LARGE, e.getMessage());
    }

    @ServerExceptionMapper
    Response badField(BadFieldException e) {
        return Problem.badFields(List.of(new FieldError(e.field(), e.getMessage())));
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException e) {
        return Problem.badFields(e.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), violation.getMessage()))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList());
    }

    @ServerExceptionMapper
    Response badJson(JsonProcessingException e) {
        return badBody(e);
    }

    /** Quarkus maps this kind itself unless one is as precise. */
    @ServerExceptionMapper
    Response badJson(MismatchedInputException e) {
        return badBody(e);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return badBody(json);
        }
        Response.StatusType status = e.getResponse().getStatusInfo();
        Response problem = Problem.response(status, sentence(e, status));
        return Response.fromResponse(problem).allow(e.getResponse().getAllowedMethods()).build();
    }

    /** Who asked went away before the request was whole: no resource reads or writes anything else. */
    @ServerExceptionMapper
    Response interrupted(IOException e) {
        return Problem.response(Response.Status.BAD_REQUEST, "The request ended early.");
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        Log.error("a request failed", new Wordless(e));
        return Problem.response(Response.Status.INTERNAL_SERVER_ERROR, "The server failed; this is a defect of Vethlab.");
    }

    private static Response badBody(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(reference -> reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName())
                    .collect(Collectors.joining("."));
            return Problem.badFields(List.of(new FieldError(field, "has a value of the wrong type")));
        }
        return Problem.badFields(List.of(new FieldError("body", "is not a JSON object as described at /q/openapi")));
    }

    private static String sentence(WebApplicationException e, Response.StatusType status) {
        return switch (status.getStatusCode()) {
            case 405 -> "This method is not for this resource.";
            case 406 -> "This is not available in the media type asked for.";
            case 413 -> "The request is too large.";
            case 415 -> "Send application/json.";
            default -> e.getMessage();
        };
    }

    /** The last part of the path: the request's own name for it, without the Java method's. */
    private static String field(ConstraintViolation<?> violation) {
        String name = "body";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getName() != null) {
                name = node.getName();
            }
        }
        return name;
    }
}
