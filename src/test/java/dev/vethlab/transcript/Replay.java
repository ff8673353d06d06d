package dev.vethlab.transcript;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code Replay [-q] NAME…}: replays transcripts and prints where the answers differ, then the score. A NAME is any part of a
 * transcript's name; {@code all} means every one. With {@code -q} only the scores.
 */
final class Replay {
    private Replay() {}

    public static void main(String[] arguments) {
        boolean quiet = List.of(arguments).contains("-q");
        List<String> names = Stream.of(arguments).filter(argument -> !argument.startsWith("-")).toList();
        var replayer = new Replayer(EngineLab::open);
        long equal = 0;
        long commands = 0;
        long whole = 0;
        long count = 0;
        for (Transcript transcript : Transcript.all()) {
            if (names.stream().noneMatch(name -> name.equals("all") || transcript.name().contains(name))) {
                continue;
            }
            count++;
            commands += transcript.commands().size();
            try {
                Replayer.Result result = replayer.replay(transcript);
                System.out.println(result.score());
                if (!quiet) {
                    System.out.print(result.differences());
                }
                equal += result.equal();
                whole += result.isWhole() ? 1 : 0;
            } catch (RuntimeException e) {
                System.out.printf("FAIL   0/%-3d %s: %s%n", transcript.commands().size(), transcript.name(), e);
                if (!quiet) {
                    e.printStackTrace(System.out);
                }
            }
        }
        System.out.printf("%d of %d commands equal, %d of %d transcripts whole%n", equal, commands, whole, count);
        System.exit(whole == count ? 0 : 1);
    }
}
