package dev.vethlab.engine.command.iptables.extension;

import java.util.ArrayList;
import java.util.List;

/** The two words that name a set and the ends of the packet ({@code libxt_set.h}). */
final class SetOptionWords {
    private static final int MAX_NAME = 31;
    private static final int MAX_PARTS = 6;

    private SetOptionWords() {}

    /** {@code set} exists; answers what the next word says of its parts: true for {@code src}. */
    static List<Boolean> directions(String option, String set, Extension.Words words) throws IptablesException {
        String text = words.next();
        if (text == null) {
            throw IptablesException.parameter("--" + option + " requires two args.");
        }
        if (set.length() > MAX_NAME) {
            throw IptablesException.parameter("setname `" + set + "' too long, max " + MAX_NAME + " characters.");
        }
        if (!words.hasSet(set)) {
            throw IptablesException.parameter("Set " + set + " doesn't exist.\n");
        }
        var sources = new ArrayList<Boolean>();
        for (String word : text.split(",")) {
            if (sources.size() >= MAX_PARTS) {
                throw IptablesException.parameter("Can't be more src/dst options than " + MAX_PARTS + ".");
            }
            sources.add(switch (word) {
                case "src" -> true;
                case "dst" -> false;
                default -> throw IptablesException.parameter("You must specify (the comma separated list of) 'src' or 'dst'.");
            });
        }
        return List.copyOf(sources);
    }
}
