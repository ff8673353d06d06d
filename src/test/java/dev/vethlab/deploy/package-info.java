/** The manifests in {@code k8s/}: that they render, are what Kubernetes expects, and name what the application has. */
@NullMarked
package dev.vethlab.deploy;

import org.jspecify.annotations.NullMarked;
