/**
 * The images on hand. Begin at {@link dev.vethlab.engine.docker.image.ImageStore}.
 */
@NullMarked
package dev.vethlab.engine.docker.image;

import org.jspecify.annotations.NullMarked;
