package dev.vethlab.engine.command.core;

/** Where things are in a regular expression of Perl's. */
final class PerlGroups {
    private PerlGroups() {}

    /** Where something stands outside of all groups and classes; -1 if it does not. */
    static int find(String regex, String what) {
        int depth = 0;
        for (int at = 0; at < regex.length(); at = after(regex, at)) {
            if (depth == 0 && regex.startsWith(what, at)) {
                return at;
            }
            depth += depth(regex.charAt(at));
        }
        return -1;
    }

    /** Where the group that is opened at {@code open} is closed; -1 if it is not. */
    static int close(String regex, int open) {
        int depth = 0;
        for (int at = open; at < regex.length(); at = after(regex, at)) {
            depth += depth(regex.charAt(at));
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether there is anything left that looks around. */
    static boolean looksAround(String regex) {
        for (int at = 0; at < regex.length(); at = after(regex, at)) {
            if (regex.startsWith("\\K", at) || regex.startsWith("(?=", at) || regex.startsWith("(?!", at) || regex.startsWith("(?<", at)
                    || regex.startsWith("(?>", at)) {
                return true;
            }
        }
        return false;
    }

    /** How many characters it always matches; -1 if not always as many. */
    static int fixedLength(String regex) {
        int length = 0;
        for (int at = 0; at < regex.length(); at = after(regex, at)) {
            char c = regex.charAt(at);
            boolean zeroWide = c == '^' || c == '$' || regex.startsWith("\\b", at);
            if ("*+?{}|()".indexOf(c) >= 0) {
                return -1;
            }
            length += zeroWide ? 0 : 1;
        }
        return length;
    }

    private static int depth(char c) {
        return c == '(' ? 1 : c == ')' ? -1 : 0;
    }

    /** Behind the character, the escape or the class that begins here. */
    private static int after(String regex, int at) {
        if (regex.charAt(at) == '\\') {
            return at + 2;
        }
        if (regex.charAt(at) != '[') {
            return at + 1;
        }
        int end = at + (regex.startsWith("[^", at) ? 2 : 1);
        end += regex.startsWith("]", end) ? 1 : 0;
        while (end < regex.length() && regex.charAt(end) != ']') {
            end += regex.charAt(end) == '\\' ? 2 : regex.startsWith("[:", end) ? 2 : 1;
            if (regex.startsWith(":]", end) && end > at + 2) {
                end += 2;
            }
        }
        return Math.min(regex.length(), end + 1);
    }
}
