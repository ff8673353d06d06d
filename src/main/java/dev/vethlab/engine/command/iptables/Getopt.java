package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.Extension;
import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.command.iptables.extension.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code getopt_long} over {@code iptables}'s own options and those of the extensions loaded so far. Words that are no options come in
 * their order; a long option may be cut short where it stays clear.
 */
final class Getopt {
    private static final String SHORT = "A:C:D:E:F::I:L::M:N:P:R:S::VX::Z::W::bc:d:fg:hi:j:m:no:p:s:t:vw::x46";
    private static final Map<String, Character> LONG = new TreeMap<>();

    static {
        String names = "append A check C delete D insert I replace R list L list-rules S flush F zero Z new-chain N delete-chain X "
                + "rename-chain E policy P source s destination d src s dst d protocol p in-interface i jump j table t match m numeric n "
                + "out-interface o verbose v wait w wait-interval W exact x fragments f version V help h line-numbers 0 modprobe M "
                + "set-counters c goto g ipv4 4 ipv6 6";
        String[] words = names.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            LONG.put(words[i], words[i + 1].charAt(0));
        }
    }

    /** The long options, without their dashes. */
    static Set<String> longOptions() {
        return LONG.keySet();
    }

    /** What comes next. */
    sealed interface Token {}

    /** One of {@code iptables}'s own options by its letter ({@code 0}: line numbers); null value if it has none. */
    record Own(char letter, @Nullable String value) implements Token {}

    /** An extension's option. */
    record Foreign(Extension extension, Option option, String value) implements Token {}

    /** A word that is no option. */
    record Word(String text) implements Token {}

    /** An option that nobody knows. */
    record Unknown(String text) implements Token {}

    private final List<String> words;
    private final List<Extension> extensions = new ArrayList<>();
    private int next;
    private int within;

    Getopt(List<String> words) {
        this.words = words;
    }

    /** Its options count from now on. */
    void load(Extension extension) {
        extensions.add(extension);
    }

    /** The next token; null at the end. */
    @Nullable Token next() throws IptablesException {
        if (within > 0) {
            return shortOption(words.get(next));
        }
        if (next >= words.size()) {
            return null;
        }
        String word = words.get(next);
        if (word.length() < 2 || word.charAt(0) != '-') {
            next++;
            return new Word(word);
        }
        if (word.equals("--")) {
            next++;
            return next < words.size() ? new Word(words.get(next++)) : null;
        }
        if (word.charAt(1) == '-') {
            return longOption(word);
        }
        within = 1;
        return shortOption(word);
    }

    /** The option just read, to be looked at again. */
    void back(int place) {
        next = place;
        within = 0;
    }

    /** The place of the next word. */
    int place() {
        return next;
    }

    /** The next word if it is neither an option nor {@code !}, taken ({@code xs_has_arg}). */
    @Nullable String takeArgument() {
        if (within > 0 || next >= words.size()) {
            return null;
        }
        String word = words.get(next);
        if (word.startsWith("-") || word.startsWith("!")) {
            return null;
        }
        next++;
        return word;
    }

    private Token shortOption(String word) throws IptablesException {
        char letter = word.charAt(within++);
        int known = letter == ':' ? -1 : SHORT.indexOf(letter);
        boolean last = within == word.length();
        if (known < 0) {
            finishWord(last);
            return new Unknown("-" + letter);
        }
        boolean takes = SHORT.startsWith(":", known + 1);
        boolean optional = SHORT.startsWith("::", known + 1);
        if (!takes) {
            finishWord(last);
            return new Own(letter, null);
        }
        String attached = last ? null : word.substring(within);
        finishWord(true);
        if (attached != null || optional) {
            return new Own(letter, attached);
        }
        return new Own(letter, value("-" + letter));
    }

    private void finishWord(boolean done) {
        if (done) {
            within = 0;
            next++;
        }
    }

    private String value(String option) throws IptablesException {
        if (next >= words.size()) {
            throw IptablesException.parameter("option \"" + option + "\" requires an argument");
        }
        return words.get(next++);
    }

    private Token longOption(String word) throws IptablesException {
        next++;
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        String attached = equals < 0 ? null : word.substring(equals + 1);
        Character own = LONG.get(name);
        Foreign foreign = own == null ? exact(name) : null;
        if (own == null && foreign == null) {
            List<Object> candidates = candidates(name);
            if (candidates.size() == 1) {
                Object candidate = candidates.getFirst();
                own = candidate instanceof Character letter ? letter : null;
                foreign = candidate instanceof Foreign found ? found : null;
            }
        }
        if (own != null) {
            return ownLong(own, word, attached);
        }
        if (foreign == null) {
            return new Unknown(word);
        }
        if (!foreign.option.hasValue()) {
            return attached == null ? foreign : new Unknown(word);
        }
        return new Foreign(foreign.extension, foreign.option, attached != null ? attached : value(word));
    }

    private Token ownLong(char letter, String word, @Nullable String attached) throws IptablesException {
        int known = SHORT.indexOf(letter);
        boolean takes = known >= 0 && SHORT.startsWith(":", known + 1);
        boolean optional = known >= 0 && SHORT.startsWith("::", known + 1);
        if (!takes) {
            return attached == null ? new Own(letter, null) : new Unknown(word);
        }
        return new Own(letter, attached != null || optional ? attached : value(word));
    }

    /** The latest extension with an option of just this name. */
    private @Nullable Foreign exact(String name) {
        for (Extension extension : extensions.reversed()) {
            for (Option option : extension.options()) {
                if (option.name().equals(name)) {
                    return new Foreign(extension, option, "");
                }
            }
        }
        return null;
    }

    /** What a shortened name may mean; several names of the same thing count once. */
    private List<Object> candidates(String name) {
        var found = new ArrayList<Object>();
        LONG.forEach((text, letter) -> {
            if (text.startsWith(name) && !found.contains(letter)) {
                found.add(letter);
            }
        });
        for (Extension extension : extensions.reversed()) {
            for (Option option : extension.options()) {
                boolean known = found.stream()
                        .anyMatch(f -> f instanceof Foreign other && other.option.canonical().equals(option.canonical()));
                if (option.name().startsWith(name) && !known) {
                    found.add(new Foreign(extension, option, ""));
                }
            }
        }
        return found;
    }
}
