package dev.vethlab.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type always {@code about:blank}: the status says what it is
 * @param errors which fields of the request are wrong, if it is about fields
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable List<FieldError> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A field of the request, and what is wrong with it. */
    public record FieldError(String field, String message) {}

    /** A problem of a status, in one sentence. */
    static Response response(Response.StatusType status, String detail) {
        return response(status, detail, null);
    }

    /** What was asked for is not there. */
    public static Response missing() {
        return response(Response.Status.NOT_FOUND, "There is nothing here.");
    }

    /** A 400 that names the fields. */
    static Response badFields(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return response(Response.Status.BAD_REQUEST, first.field() + ": " + first.message(), errors);
    }

    private static Response response(Response.StatusType status, String detail, @Nullable List<FieldError> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, errors))
                .build();
    }
}
