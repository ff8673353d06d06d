package dev.vethlab.engine.shell.builtin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** C's {@code %e}, {@code %f} and {@code %g}. */
public final class CFormat {
    private CFormat() {}

    /** Formats as printf(3) does; {@code keepsZeros} is the flag {@code #}. */
    public static String real(double value, char type, int precision, boolean keepsZeros) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String text = Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
            return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
        }
        return switch (type) {
            case 'f', 'F' -> new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
            case 'e', 'E' -> exponential(value, precision, type);
            default -> general(value, precision == 0 ? 1 : precision, type, keepsZeros);
        };
    }

    private static String exponential(double value, int precision, char letter) {
        BigDecimal number = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = number.unscaledValue().abs().toString();
        int exponent = value == 0 ? 0 : digits.length() - 1 - number.scale();
        digits = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
        String mantissa = digits.charAt(0) + (precision > 0 ? "." + digits.substring(1, precision + 1) : "");
        return (value < 0 ? "-" : "") + mantissa + letter + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static String general(double value, int precision, char type, boolean keepsZeros) {
        if (value == 0) {
            return "0";
        }
        BigDecimal number = new BigDecimal(value).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = number.precision() - number.scale() - 1;
        if (exponent < -4 || exponent >= precision) {
            String text = exponential(value, precision - 1, type == 'G' ? 'E' : 'e');
            int e = text.indexOf(type == 'G' ? 'E' : 'e');
            String mantissa = text.substring(0, e);
            return (keepsZeros || mantissa.indexOf('.') < 0 ? mantissa : mantissa.replaceAll("\\.?0+$", "")) + text.substring(e);
        }
        String text = number.setScale(Math.max(0, precision - 1 - exponent), RoundingMode.HALF_EVEN).toPlainString();
        return keepsZeros || text.indexOf('.') < 0 ? text : text.replaceAll("\\.?0+$", "");
    }
}
