package dev.vethlab.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Blanks fold before words are compared, because what a column holds differs in length from one machine to the next. Where each word is as
 * long as the recorded one, in every line, there is no such excuse: then the blanks have to be the same.
 */
final class Blanks {
    private Blanks() {}

    /** The lines whose blanks differ, as recorded and as answered; none if the words differ in length somewhere. */
    static List<String> misaligned(List<String> recorded, List<String> answered) {
        if (!lengths(recorded).equals(lengths(answered))) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        for (int i = 0; i < recorded.size(); i++) {
            if (!shape(recorded.get(i)).equals(shape(answered.get(i)))) {
                lines.add("-" + recorded.get(i) + "|");
                lines.add("+" + answered.get(i) + "|");
            }
        }
        return lines;
    }

    private static List<List<Integer>> lengths(List<String> lines) {
        return lines.stream().map(line -> List.of(line.strip().split("\\s+")).stream().map(String::length).toList()).toList();
    }

    private static String shape(String line) {
        return line.replaceAll("\\S", "x");
    }
}
