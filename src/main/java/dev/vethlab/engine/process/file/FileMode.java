package dev.vethlab.engine.process.file;

import org.jspecify.annotations.Nullable;

/** Permission bits as text, and the changes that {@code chmod} understands. */
public final class FileMode {
    private FileMode() {}

    /** {@code -rwxr-xr-x}. */
    public static String text(Node node) {
        return node.type() + permissions(node.mode());
    }

    /** {@code rwxr-xr-x}. */
    public static String permissions(int mode) {
        var text = new StringBuilder();
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = mode >> shift & 7;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            boolean special = (mode >> 9 + shift / 3 & 1) != 0;
            char execute = special ? shift == 0 ? 't' : 's' : 'x';
            text.append((bits & 1) != 0 ? execute : special ? Character.toUpperCase(execute) : '-');
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
                    case 'u' -> 04700;
                    case 'g' -> 02070;
                    case 'o' -> 01007;
                    default -> 07777;
                };
            }
            who = who == 0 ? 07777 : who;
            while (i < clause.length()) {
                char operator = clause.charAt(i++);
                int bits = 0;
                for (; i < clause.length() && "rwxXst".indexOf(clause.charAt(i)) >= 0; i++) {
                    bits |= switch (clause.charAt(i)) {
                        case 'r' -> 0444;
                        case 'w' -> 0222;
                        case 'x' -> 0111;
                        case 'X' -> directory || (result & 0111) != 0 ? 0111 : 0;
                        case 's' -> 06000;
                        case 't' -> 01000;
                        default -> 0;
                    };
                }
                result = switch (operator) {
                    case '+' -> result | bits & who;
                    case '-' -> result & ~(bits & who);
                    default -> result & ~(who & 0777) | bits & who;
                };
            }
        }
        return result;
    }
}
