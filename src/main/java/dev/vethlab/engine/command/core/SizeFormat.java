package dev.vethlab.engine.command.core;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Sizes for people: {@code 4.0K}, {@code 1.5M} (coreutils' human.c: rounded up), and from them: {@code 1MB} (gnulib's xstrtol.c). */
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

    /** A number with a unit: {@code b} is 512, {@code K} and {@code KiB} are 1024, {@code KB} is 1000. At most the largest long. */
    static OptionalLong parse(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String unit = text.substring(end);
        double factor = factor(unit);
        return end == 0 || factor == 0 ? OptionalLong.empty() : OptionalLong.of(new BigDecimal(text.substring(0, Math.min(end, 40)))
                .multiply(new BigDecimal(factor)).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /** 0 for no unit. */
    private static double factor(String unit) {
        if (unit.isEmpty()) {
            return 1;
        }
        if (unit.equals("b")) {
            return 512;
        }
        int power = "KMGTPEZYRQ".indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
        boolean known = power > 0 && (power < 3 || Character.isUpperCase(unit.charAt(0)));
        return switch (unit.substring(1)) {
            case "", "iB" -> known ? Math.pow(1024, power) : 0;
            case "B" -> known ? Math.pow(1000, power) : 0;
            default -> 0;
        };
    }
}
