package dev.vethlab.engine.process;

/** What is not emulated says so: one line on standard error that starts with {@code vethlab:}, and exit status 95 (EOPNOTSUPP). */
public final class Unsupported {
    public static final int EXIT_STATUS = 95;

    private Unsupported() {}

    /** Says that {@code what} is not emulated; returns the exit status to end with. */
    public static int answer(EmulatedProcess self, String what) {
        self.error("vethlab: " + what);
        self.table().unsupported(self.name());
        return EXIT_STATUS;
    }
}
