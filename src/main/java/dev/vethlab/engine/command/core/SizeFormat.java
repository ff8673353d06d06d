package dev.vethlab.engine.command.core;

/** Sizes for people: {@code 4.0K}, {@code 1.5M} (coreutils' human.c: rounded up). */
final class SizeFormat {
    private SizeFormat() {}

    static String human(long bytes) {
        if (bytes < 1024) {
            return Long.toString(bytes);
        }
        int power = 0;
        double value = bytes;
        while (value >= 1024 && power < 6) {
            value /= 1024;
            power++;
        }
        char unit = "KMGTPE".charAt(power - 1);
        if (value < 10) {
            long tenths = (long) Math.ceil(value * 10);
            return tenths >= 100 ? "10" + unit : tenths / 10 + "." + tenths % 10 + unit;
        }
        return (long) Math.ceil(value) + "" + unit;
    }
}
