package dev.vethlab.engine.docker.container;

/**
 * {@code --link target:alias} on the default bridge ({@code daemon/links.go}).
 *
 * @param parent the container that was given the link
 * @param alias what it calls the other
 */
record Link(Container parent, String alias, Container target) {
    /** {@code web/db}: one more name of the target. */
    String name() {
        return parent.name() + "/" + alias;
    }
}
