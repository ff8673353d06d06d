package dev.vethlab.engine.command.net.curl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the URLs that a pattern stands for ({@code tool_urlglob.c}).
 *
 * @param parts what each set or range of the pattern stands for here: {@code #1} of {@code -o} is the first
 */
record UrlGlob(String url, List<String> parts) {
    private static final int MAX_URLS = 1000;
    private static final Pattern GLOB =
            Pattern.compile("\\{([^{}]*)}|\\[(\\d{1,6})-(\\d{1,6})(?::(\\d{1,6}))?]|\\[([a-z])-([a-z])]|\\[([A-Z])-([A-Z])]");

    static UrlGlob plain(String url) {
        return new UrlGlob(url, List.of());
    }

    /** All URLs of a pattern with {@code {a,b}}, {@code [1-3]} and {@code [a-c]}, at most 1000. */
    static List<UrlGlob> expand(String pattern) {
        var done = new ArrayList<UrlGlob>();
        expand("", pattern, List.of(), done);
        return done;
    }

    private static void expand(String before, String rest, List<String> parts, List<UrlGlob> done) {
        if (done.size() >= MAX_URLS) {
            return;
        }
        Matcher glob = GLOB.matcher(rest);
        if (!glob.find()) {
            done.add(new UrlGlob(before + rest, parts));
            return;
        }
        for (String choice : choices(glob)) {
            var more = new ArrayList<>(parts);
            more.add(choice);
            expand(before + rest.substring(0, glob.start()) + choice, rest.substring(glob.end()), List.copyOf(more), done);
        }
    }

    private static List<String> choices(Matcher glob) {
        if (glob.group(1) != null) {
            return List.of(glob.group(1).split(",", -1));
        }
        var choices = new ArrayList<String>();
        if (glob.group(2) != null) {
            int width = glob.group(2).startsWith("0") ? glob.group(2).length() : 1;
            int step = glob.group(4) == null ? 1 : Math.max(1, Integer.parseInt(glob.group(4)));
            for (int i = Integer.parseInt(glob.group(2)); i <= Integer.parseInt(glob.group(3)) && choices.size() < MAX_URLS; i += step) {
                choices.add(String.format(Locale.ROOT, "%0" + width + "d", i));
            }
            return choices;
        }
        int letters = glob.group(5) != null ? 5 : 7;
        for (char c = glob.group(letters).charAt(0); c <= glob.group(letters + 1).charAt(0); c++) {
            choices.add(String.valueOf(c));
        }
        return choices;
    }

    /** The name of {@code -o} for this URL. */
    String named(String output) {
        String name = output;
        for (int i = 0; i < parts.size(); i++) {
            name = name.replace("#" + (i + 1), parts.get(i));
        }
        return name;
    }
}
