package dev.vethlab.transcript;

import java.util.ArrayList;
import java.util.List;

/** The lines by which two texts differ: {@code -} only in the first, {@code +} only in the second. */
final class Differences {
    private Differences() {}

    static List<String> between(List<String> first, List<String> second) {
        int[][] common = longestCommon(first, second);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            if (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
                i++;
                j++;
            } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("-" + first.get(i++));
            } else {
                lines.add("+" + second.get(j++));
            }
        }
        return lines;
    }

    private static int[][] longestCommon(List<String> first, List<String> second) {
        int[][] length = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                length[i][j] = first.get(i).equals(second.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
