package dev.vethlab.engine.kernel.route;

/**
 * Which routes a lookup may find.
 *
 * @param farthest only those at least as near
 * @param anyLink also those whose link has no carrier ({@code FIB_LOOKUP_IGNORE_LINKSTATE})
 */
record Reach(Scope farthest, boolean anyLink) {
    static final Reach ANYWHERE = new Reach(Scope.GLOBAL, false);
}
