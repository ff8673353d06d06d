package dev.vethlab.engine.command.ip;

/** What {@code ip -s … flush} says it did. */
final class FlushReport {
    private FlushReport() {}

    static void print(IpCall call, int deleted, String what) {
        if (call.options().statistics == 0) {
            return;
        }
        if (deleted == 0) {
            call.self().println("Nothing to flush.");
        } else {
            call.self().println("\n*** Round 1, deleting " + deleted + " " + what + " ***\n*** Flush is complete after 1 round ***");
        }
    }
}
