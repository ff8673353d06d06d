package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of {@code iptables} asks for.
 *
 * @param command which one
 * @param zero whether {@code -Z} comes on top of {@code -L} or {@code -S}
 * @param chain null for all
 * @param number a rule's place, from 1; 0 if none is named
 * @param argument the new name of {@code -E}, the policy of {@code -P}
 * @param rules several where an address stands for several
 * @param packets counters that the rule or policy begins with
 */
record CommandLine(
        Command command,
        boolean zero,
        String table,
        @Nullable String chain,
        int number,
        String argument,
        List<RuleSpec> rules,
        long packets,
        long bytes,
        boolean hasCounters,
        int verbose,
        boolean numeric,
        boolean exact,
        boolean lineNumbers) {

    /** The commands, with the options that they do not take: a letter for each of {@link #OPTIONS}. */
    enum Command {
        APPEND('A', "n0"),
        INSERT('I', "n0"),
        DELETE('D', "n0c"),
        REPLACE('R', "n0"),
        CHECK('C', "n0c"),
        LIST('L', "sdpjiocf"),
        LIST_RULES('S', "nsdpjxio0cf"),
        FLUSH('F', "nsdpjxio0cf"),
        ZERO('Z', "nsdpjxio0cf"),
        NEW_CHAIN('N', "nsdpjxio0cf"),
        DELETE_CHAIN('X', "nsdpjxio0cf"),
        RENAME_CHAIN('E', "nsdpjxio0cf"),
        SET_POLICY('P', "nsdpjxio0f");

        private final char letter;
        private final String refused;

        Command(char letter, String refused) {
            this.letter = letter;
            this.refused = refused;
        }

        char letter() {
            return letter;
        }

        String refused() {
            return refused;
        }

        boolean takesRule() {
            return this == APPEND || this == INSERT || this == DELETE || this == REPLACE || this == CHECK;
        }
    }

    /** The options that only some commands take, in the order in which they are complained about. */
    static final String OPTIONS = "nsdpjvxio0cf";

    /** The long name of one of {@link #OPTIONS}. */
    static String optionName(char letter) {
        return switch (letter) {
            case 'n' -> "numeric";
            case 's' -> "source";
            case 'd' -> "destination";
            case 'p' -> "protocol";
            case 'j' -> "jump";
            case 'v' -> "verbose";
            case 'x' -> "exact";
            case 'i' -> "in-interface";
            case 'o' -> "out-interface";
            case '0' -> "line-numbers";
            case 'c' -> "set-counters";
            default -> "fragments";
        };
    }
}
