package dev.vethlab.engine.process.file;

import org.jspecify.annotations.Nullable;

/** Permission bits as text, and the changes that {@code chmod} understands. */
public final class FileMode {
    private FileMode() {}

    /** {@code -rwxr-xr-x}. */
    public static String text(Node node) {
        var text = new StringBuilder().append(node.type());
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = node.mode() >> shift & 7;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-').append((bits & 1) != 0 ? 'x' : '-');
        }
        return text.toString();
    }

    /** The mode that {@code change} makes of another; null if it is none. */
    public static @Nullable Integer apply(String change, int mode, boolean directory) {
        if (change.matches("[0-7]{1,4}")) {
            return Integer.parseInt(change, 8);
        }
        int result = mode;
        for (String clause : change.split(",")) {
            if (!clause.matches("[ugoa]*([-+=][rwxXst]*)+")) {
                return null;
            }
            int i = 0;
            int who = 0;
            for (; "ugoa".indexOf(clause.charAt(i)) >= 0; i++) {
                who |= switch (clause.charAt(i)) {
                    case 'u' -> 0700;
                    case 'g' -> 0070;
                    case 'o' -> 0007;
                    default -> 0777;
                };
            }
            who = who == 0 ? 0777 : who;
            while (i < clause.length()) {
                char operator = clause.charAt(i++);
                int bits = 0;
                for (; i < clause.length() && "rwxXst".indexOf(clause.charAt(i)) >= 0; i++) {
                    bits |= switch (clause.charAt(i)) {
                        case 'r' -> 0444;
                        case 'w' -> 0222;
                        case 'x' -> 0111;
                        case 'X' -> directory || (result & 0111) != 0 ? 0111 : 0;
                        default -> 0;
                    };
                }
                result = switch (operator) {
                    case '+' -> result | bits & who;
                    case '-' -> result & ~(bits & who);
                    default -> result & ~who | bits & who;
                };
            }
        }
        return result;
    }
}
