package dev.vethlab.engine.command.archive;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which members {@code tar} is to take. */
final class TarPatterns {
    private final List<String> operands;
    private final boolean wildcards;
    private final List<Pattern> excluded;

    TarPatterns(TarOptions options) {
        operands = options.operands();
        wildcards = options.has("wildcards");
        excluded = options.excluded().stream().map(TarPatterns::pattern).toList();
    }

    /** A pattern of fnmatch(3) in which a star is any text, slashes and all. */
    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        for (char c : glob.replaceFirst("(?<=.)/+$", "").toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** Whether an exclusion is this name, or the end of it after a slash. */
    boolean excludes(String name) {
        for (Pattern pattern : excluded) {
            for (int at = 0; at >= 0; at = next(name, at)) {
                if (pattern.matcher(name.substring(at)).matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int next(String name, int from) {
        int slash = name.indexOf('/', from);
        return slash < 0 ? -1 : slash + 1;
    }

    /** The operand that asks for a member, itself or a directory above it; empty if all are wanted, null if this one is not. */
    @Nullable String wanted(String member) {
        if (operands.isEmpty()) {
            return "";
        }
        String name = member.replaceFirst("/+$", "");
        for (String operand : operands) {
            String plain = operand.length() > 1 ? operand.replaceFirst("/+$", "") : operand;
            if (name.equals(plain) || name.startsWith(plain + "/") || wildcards && pattern(plain).matcher(name).matches()) {
                return operand;
            }
        }
        return null;
    }
}
