package dev.vethlab.engine.command.core;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.vethlab.engine.process.EmulatedProcess;
import org.jspecify.annotations.Nullable;

/**
 * What {@code grep} looks for. Of Perl's syntax it knows what takes linear time: beside RE2's own, what must stand before a match
 * ({@code (?<=…)} of a fixed length at the beginning, or {@code …\\K}) and what must follow it ({@code (?=…)} at the end).
 *
 * @param parts whether only a named part of what the pattern matches is shown
 * @param before how many characters a match needs before it that an earlier match may have
 */
record SearchPattern(Pattern pattern, boolean parts, int before) {
    private static final String SHOWN = "shown";

    /** Where a match is. */
    record Span(int start, int end) {}

    static SearchPattern of(Pattern pattern) {
        return new SearchPattern(pattern, false, 0);
    }

    /** Perl's syntax; null if it needs what is not known here. */
    static @Nullable SearchPattern perl(EmulatedProcess self, String regex, boolean ignoreCase) throws Regex.Mistake {
        String body = regex;
        String lead = "";
        String follows = "";
        int length = 0;
        if (body.startsWith("(?<=")) {
            int close = PerlGroups.close(body, 0);
            if (close < 0) {
                return null;
            }
            lead = body.substring(4, close);
            length = PerlGroups.fixedLength(lead);
            body = body.substring(close + 1);
        } else {
            int kept = PerlGroups.find(body, "\\K");
            if (kept >= 0) {
                lead = body.substring(0, kept);
                body = body.substring(kept + 2);
            }
        }
        int ahead = PerlGroups.find(body, "(?=");
        if (ahead >= 0 && PerlGroups.close(body, ahead) == body.length() - 1) {
            follows = body.substring(ahead + 3, body.length() - 1);
            body = body.substring(0, ahead);
        }
        boolean parts = !lead.isEmpty() || !follows.isEmpty();
        if (length < 0 || parts && PerlGroups.find(body, "|") >= 0 || PerlGroups.looksAround(lead + body + follows)) {
            return null;
        }
        String whole = parts ? "(?:" + lead + ")(?P<" + SHOWN + ">" + body + ")(?:" + follows + ")" : body;
        return new SearchPattern(Regex.perl(self, whole, ignoreCase), parts, length);
    }

    /** The leftmost match that begins at {@code from} or later. */
    @Nullable Span next(String text, int from) {
        int at = Math.max(0, from - before);
        Matcher matcher = pattern.matcher(text);
        if (at > text.length() || !matcher.find(at)) {
            return null;
        }
        return parts ? new Span(matcher.start(SHOWN), matcher.end(SHOWN)) : new Span(matcher.start(), matcher.end());
    }
}
