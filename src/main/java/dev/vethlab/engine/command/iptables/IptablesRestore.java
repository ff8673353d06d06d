package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code iptables-restore}: whole tables at once; what is wrong anywhere in a table leaves that table as it was. */
final class IptablesRestore {
    private static final String PROGRAM = "iptables-restore";

    private final EmulatedProcess self;
    private boolean counters;
    private boolean flushes = true;
    private boolean tests;
    private boolean verbose;
    private @Nullable String only;
    private @Nullable String file;

    private @Nullable Table table;
    private Table.@Nullable Saved before;
    private boolean skips;

    /** What {@code -v} has to say of the table at hand: it is carried out, and so said, when it is committed. */
    private final StringBuilder said = new StringBuilder();

    private IptablesRestore(EmulatedProcess self) {
        this.self = self;
    }

    static int main(EmulatedProcess self) {
        return new IptablesRestore(self).run();
    }

    private int run() {
        List<String> words = separated(self.arguments());
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-c", "--counters" -> counters = true;
                case "-n", "--noflush" -> flushes = false;
                case "-t", "--test" -> tests = true;
                case "-v", "--verbose" -> verbose = true;
                case "-w", "--wait" -> {}
                case "-T", "--table", "-M", "--modprobe" -> {
                    String value = i + 1 < words.size() ? words.get(++i) : "";
                    only = word.equals("-T") || word.equals("--table") ? value : only;
                }
                case "-V", "--version" -> {
                    self.println(PROGRAM + " v1.8.13 (nf_tables)");
                    return 0;
                }
                default -> {
                    if (word.startsWith("-")) {
                        self.error(PROGRAM + ": " + (word.startsWith("--")
                                ? "unrecognized option '" + word + "'"
                                : "invalid option -- '" + word.charAt(Math.min(1, word.length() - 1)) + "'"));
                        self.error("Try `" + PROGRAM + " -h' for more information.");
                        return 1;
                    }
                    file = word;
                }
            }
        }
        // nothing is said of tables that are only added to
        verbose &= flushes;
        String text;
        try {
            text = input();
        } catch (KernelException e) {
            self.error("Can't open " + file + ": " + e.errno().message());
            return 1;
        }
        return restore(text.lines().toList());
    }

    private String input() throws KernelException {
        return (file == null ? LineReader.standardInput(self) : self.context().files().readAll(self, file)).text();
    }

    private int restore(List<String> lines) {
        int number = 0;
        try {
            if (lines.stream().anyMatch(line -> line.startsWith("*"))) {
                Iptables.requireRights(self);
            }
        } catch (IptablesException e) {
            self.error(e.text(PROGRAM));
            return e.status();
        }
        try {
            for (String line : lines) {
                number++;
                take(line, number);
            }
        } catch (IptablesException e) {
            roll();
            if (e.isUnsupported()) {
                return Iptables.report(self, e);
            }
            boolean atCommit = e.message().endsWith("' does not exist");
            self.error(e.text(atCommit ? commitAfter(lines, number) : number));
            self.print(atCommit ? said.toString() : "");
            return e.status();
        }
        if (table != null) {
            roll();
            self.error(PROGRAM + ": COMMIT expected at line " + (number + 1));
            return 1;
        }
        return 0;
    }

    /** Chains that rules jump to are looked for when the table is committed. */
    private static int commitAfter(List<String> lines, int number) {
        for (int i = number; i < lines.size(); i++) {
            if (lines.get(i).equals("COMMIT")) {
                return i + 1;
            }
        }
        return lines.size() + 1;
    }

    private void roll() {
        if (table != null && before != null) {
            table.restore(before);
        }
    }

    private void take(String line, int number) throws IptablesException {
        if (line.isEmpty() || line.startsWith("#")) {
            self.print(verbose && !line.isEmpty() ? line + "\n" : "");
            return;
        }
        if (table == null) {
            if (!line.startsWith("*")) {
                throw IptablesException.other("");
            }
            begin(line.substring(1).strip(), number);
        } else if (line.equals("COMMIT")) {
            if (tests) {
                roll();
            } else {
                self.print(said.toString());
            }
            said.setLength(0);
            table = null;
            before = null;
        } else if (!skips) {
            try {
                if (line.startsWith(":")) {
                    chain(line.substring(1), table, number);
                } else {
                    rule(line, table);
                }
            } catch (KernelException e) {
                throw IptablesException.resource(" CHAIN_ADD failed (" + e.errno().message() + ")");
            }
        }
    }

    /** Switches that were written in one word, one by one. */
    private static List<String> separated(List<String> words) {
        var separated = new ArrayList<String>();
        for (String word : words) {
            if (word.matches("-[cntvwV]{2,}")) {
                word.chars().skip(1).forEach(letter -> separated.add("-" + (char) letter));
            } else {
                separated.add(word);
            }
        }
        return separated;
    }

    private void begin(String name, int number) throws IptablesException {
        TableName known = TableName.named(name);
        if (known == null) {
            throw IptablesException.parameter(PROGRAM + ": line " + number + " table name '" + name + "' invalid");
        }
        Table begun = self.network().netfilter().table(known);
        table = begun;
        before = begun.save();
        skips = only != null && !only.equals(name);
        if (flushes && !skips) {
            if (verbose) {
                empty(begun);
            } else {
                begun.clear();
            }
        }
    }

    /** With {@code -v} chains are emptied one by one and the table itself stays, with its policies. */
    private void empty(Table begun) {
        try {
            for (Chain chain : begun.listed()) {
                say("Flushing chain `" + chain.name() + "'");
                if (begun.chain(chain.name()) != null) {
                    begun.flush(chain.name());
                }
            }
            for (Chain chain : begun.listed()) {
                if (!chain.isBase()) {
                    say("Deleting chain `" + chain.name() + "'");
                    begun.deleteChain(chain.name());
                }
            }
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(String text) {
        said.append(text).append('\n');
    }

    private void chain(String text, Table of, int number) throws IptablesException, KernelException {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2) {
            throw IptablesException.parameter(PROGRAM + ": line " + number + " policy invalid");
        }
        Hook hook = of.hookOf(words[0]);
        if (hook == null) {
            if (of.chain(words[0]) == null) {
                of.createChain(words[0]);
            } else {
                of.flush(words[0]);
            }
            return;
        }
        switch (words[1]) {
            case "ACCEPT" -> of.setPolicy(hook, Verdict.ACCEPT);
            case "DROP" -> of.setPolicy(hook, Verdict.DROP);
            case "-" -> of.ensureChain(words[0]);
            default -> throw IptablesException.other("Bad policy name.");
        }
        long[] counts = words.length > 2 ? counts(words[2]) : null;
        if (counts == null && (counters || words.length > 2) && !words[1].equals("-")) {
            throw IptablesException.parameter("invalid policy counters for chain '" + words[0] + "'");
        }
        // the line sets the counters, too, and without -c they are 0
        of.setCounters(hook, counters && counts != null ? counts[0] : 0, counters && counts != null ? counts[1] : 0);
    }

    /** {@code [5:6]}; null if it is not that. */
    private static long @Nullable [] counts(String text) {
        int colon = text.indexOf(':');
        if (!text.startsWith("[") || !text.endsWith("]") || colon < 0 || text.length() > 40) {
            return null;
        }
        try {
            return new long[] {Long.parseLong(text.substring(1, colon)), Long.parseLong(text.substring(colon + 1, text.length() - 1))};
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void rule(String line, Table of) throws IptablesException {
        List<String> words = words(line);
        if (words.isEmpty()) {
            return;
        }
        long[] counts = counts(words.getFirst());
        if (counts != null) {
            words.removeFirst();
            if (counters) {
                words.addAll(List.of("-c", Long.toString(counts[0]), Long.toString(counts[1])));
            }
        }
        if (verbose && !tests) {
            words.add("-v");
        }
        for (String word : words) {
            if (word.equals("-t") || word.equals("--table") || word.startsWith("--table=")) {
                throw IptablesException.parameter("The -t option cannot be used in iptables-restore.\n");
            }
        }
        Iptables.run(self, words, of.name().text(), verbose ? said::append : self::print);
    }

    /** Splits at blanks; double quotes hold words together, a backslash in them protects a character ({@code add_param_to_argv}). */
    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
