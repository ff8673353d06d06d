package dev.vethlab.engine.docker.api;

import java.util.List;
import java.util.Map;

/** An image as clients see it. */
public interface ImageView {
    /** {@code sha256:} and 64 digits. */
    String id();

    /** Its names, each {@code repository:tag}, in the order of {@code docker images}. */
    List<String> tags();

    /** Virtual nanoseconds; negative, before the session began. */
    long created();

    /** Bytes. */
    long size();

    Map<String, String> labels();

    /** The steps by which it was made, the oldest first. */
    List<Layer> history();

    /** A step by which an image was made; {@code size} in bytes, {@code created} in virtual nanoseconds. */
    record Layer(String imageId, String createdBy, long size, String comment, long created) {}
}
