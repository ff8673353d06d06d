package dev.vethlab.session;

/** The end of what a shell showed since its last line began. */
final class LineOutput {
    private static final int KEPT = 16_384;

    private final StringBuilder text = new StringBuilder();

    void add(String more) {
        text.append(more);
        if (text.length() > 2 * KEPT) {
            text.delete(0, text.length() - KEPT);
        }
    }

    /** All of it; what follows is the next line's. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
