package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.netfilter.set.IpSet;
import dev.vethlab.engine.kernel.netfilter.set.SetElement;
import dev.vethlab.engine.kernel.netfilter.set.SetEntry;
import dev.vethlab.engine.kernel.netfilter.set.SetException;
import dev.vethlab.engine.kernel.netfilter.set.SetTable;
import dev.vethlab.engine.kernel.netfilter.set.SetType;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ipset}: makes, fills, asks and lists sets. */
final class Ipset {
    private static final String PREFIX = "ipset v7.24: ";
    private static final String VERSION = "ipset v7.24, protocol version: 7";
    private static final int MAX_NAME = 31;

    private final EmulatedProcess self;
    private final SetTable sets;
    private boolean exist;
    private boolean quiet;
    private boolean sorted;
    private boolean resolves;
    private boolean namesOnly;
    private boolean headersOnly;
    private @Nullable String output;
    private @Nullable String file;
    private final List<Pending> pending = new ArrayList<>(0);
    private String pendingSet = "";
    /** The line that is being restored, from 1; 0 if none is. */
    private int line;

    /** A change of a set's elements. */
    private interface Change {
        void apply() throws SetException;
    }

    private record Pending(int line, Change change) {}

    Ipset(EmulatedProcess self) {
        this.self = self;
        this.sets = self.network().netfilter().sets();
    }

    int run() {
        try {
            return run(self.arguments().subList(1, self.arguments().size()));
        } catch (IpsetException e) {
            return report(e, "");
        }
    }

    private int report(IpsetException e, String where) {
        if (e.status() == Unsupported.EXIT_STATUS) {
            return Unsupported.answer(self, e.message());
        }
        if (!quiet || e.status() == 2) {
            self.error(PREFIX + where + e.message() + (e.status() == 2 ? "\nTry `ipset help' for more information." : ""));
        }
        return e.status();
    }

    private int run(List<String> arguments) throws IpsetException {
        Words words = new Words(options(arguments));
        if (!words.hasNext()) {
            throw IpsetException.usage("No command specified.");
        }
        String word = words.take();
        String command = command(word);
        return switch (command) {
            case "help" -> throw IpsetException.unsupported("its help");
            case "version" -> {
                self.println(VERSION);
                yield 0;
            }
            case "" -> throw IpsetException.usage("No command specified: unknown argument " + word);
            default -> {
                requireRights();
                yield command.equals("restore") ? restore() : one(command, words);
            }
        };
    }

    private void requireRights() throws IpsetException {
        if (!self.context().may(Capability.NET_ADMIN)) {
            throw IpsetException.other("Kernel error received: Operation not permitted");
        }
    }

    /** Takes the options out, which may stand anywhere; the letters of commands are left. */
    private List<String> options(List<String> arguments) throws IpsetException {
        var rest = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            switch (word) {
                case "-!", "-exist", "--exist" -> exist = true;
                case "-q", "-quiet", "--quiet" -> quiet = true;
                case "-s", "-sorted", "--sorted" -> sorted = true;
                case "-r", "-resolve", "--resolve" -> resolves = true;
                case "-n", "-name", "--name" -> namesOnly = true;
                case "-t", "-terse", "--terse" -> headersOnly = true;
                case "-o", "-output", "--output", "-f", "-file", "--file" -> {
                    if (i + 1 >= arguments.size()) {
                        throw IpsetException.usage("Missing mandatory argument to option " + word);
                    }
                    String value = arguments.get(++i);
                    if (word.contains("f")) {
                        file = value;
                    } else {
                        output(value);
                    }
                }
                default -> rest.add(word);
            }
        }
        return rest;
    }

    private void output(String mode) throws IpsetException {
        switch (mode) {
            case "plain", "save" -> output = mode;
            case "xml", "json" -> throw IpsetException.unsupported("output " + mode);
            default -> throw IpsetException.syntax("unknown output mode '" + mode + "'");
        }
    }

    /** A command by its name, the letter it had before version 5, or one that {@code ip} users guess; empty if it is none. */
    private static String command(String word) {
        return switch (word) {
            case "create", "add", "del", "test", "destroy", "list", "save", "restore", "flush", "rename", "swap", "help", "version" -> word;
            case "n", "-N", "new", "--create" -> "create";
            case "-A", "--add" -> "add";
            case "-D", "--del" -> "del";
            case "-T", "--test" -> "test";
            case "x", "-X", "--destroy" -> "destroy";
            case "-L", "--list" -> "list";
            case "-S", "--save" -> "save";
            case "-R", "--restore" -> "restore";
            case "-F", "--flush" -> "flush";
            case "e", "-E", "--rename" -> "rename";
            case "w", "-W", "--swap" -> "swap";
            case "-h", "-H", "--help" -> "help";
            case "-v", "-V", "--version" -> "version";
            default -> "";
        };
    }

    private int one(String command, Words words) throws IpsetException {
        try {
            switch (command) {
                case "create" -> create(mandatory(words, command), second(words, command), words);
                case "add", "del", "test" -> {
                    return element(command, mandatory(words, command), words);
                }
                case "rename" -> sets.rename(mandatory(words, command), name(second(words, command)));
                case "swap" -> sets.swap(mandatory(words, command), second(words, command));
                case "destroy" -> {
                    String name = words.peek();
                    if (name == null) {
                        sets.destroyAll();
                    } else {
                        sets.destroy(words.take());
                    }
                }
                case "flush" -> sets.flush(words.hasNext() ? sets.present(words.take()) : null);
                case "list" -> list(words, "save".equals(output));
                default -> list(words, !"plain".equals(output));
            }
        } catch (SetException e) {
            throw IpsetException.refused(e.error());
        }
        return 0;
    }

    private static String mandatory(Words words, String command) throws IpsetException {
        if (!words.hasNext()) {
            throw IpsetException.usage("Missing mandatory argument to command " + command);
        }
        return words.take();
    }

    private static String second(Words words, String command) throws IpsetException {
        if (!words.hasNext()) {
            throw IpsetException.usage("Missing second mandatory argument to command " + command);
        }
        return words.take();
    }

    private static String name(String text) throws IpsetException {
        if (text.length() > MAX_NAME) {
            throw IpsetException.syntax("setname '" + text + "' is longer than " + MAX_NAME + " characters");
        }
        return text;
    }

    private void create(String setName, String typeName, Words words) throws IpsetException, SetException {
        String name = name(setName);
        SetType type = TypeOptions.type(typeName);
        var options = TypeOptions.creation(type, words, (int) self.network().kernel().random("ip_set").nextLong());
        sets.create(name, type, options, exist);
    }

    private int element(String command, String setName, Words words) throws IpsetException, SetException {
        String text = second(words, command);
        IpSet set = sets.present(setName);
        if (set.options().ipv6()) {
            throw IpsetException.unsupported("an element of family inet6");
        }
        List<SetElement> elements = new ElementParser(set.type(), this::resolve).parse(text);
        if (set.type() == SetType.LIST_SET) {
            return member(command, set, elements.getFirst().set(), words);
        }
        SetEntry.Attributes attributes = TypeOptions.attributes(set.type(), words);
        if (command.equals("test")) {
            return answer(sets.test(set, elements.getFirst()), elements.getFirst().text(set.type(), Ipv4::text), set);
        }
        boolean adds = command.equals("add");
        boolean forgives = exist;
        change(setName, () -> {
            for (SetElement element : elements) {
                if (adds) {
                    sets.add(set, element, attributes, forgives);
                } else {
                    sets.delete(set, element, forgives);
                }
            }
        });
        return 0;
    }

    /** Changes the set now; while restoring, with the next lines that change the same set, in one message to the kernel. */
    private void change(String setName, Change change) throws SetException, IpsetException {
        if (line == 0) {
            change.apply();
            return;
        }
        if (!setName.equals(pendingSet)) {
            commit();
        }
        pendingSet = setName;
        pending.add(new Pending(line, change));
    }

    private void commit() throws IpsetException {
        List<Pending> all = List.copyOf(pending);
        pending.clear();
        for (Pending each : all) {
            line = each.line;
            try {
                each.change.apply();
            } catch (SetException e) {
                throw IpsetException.refused(e.error());
            }
        }
    }

    /** A list's members may say beside which other they are. */
    private int member(String command, IpSet list, String member, Words words) throws IpsetException, SetException {
        boolean before = "before".equals(words.peek());
        String neighbour = null;
        if (before || "after".equals(words.peek())) {
            neighbour = words.value(words.take());
        }
        SetEntry.Attributes attributes = TypeOptions.attributes(SetType.LIST_SET, words);
        switch (command) {
            case "add" -> sets.addMember(list, member, attributes, neighbour, before, exist);
            case "del" -> sets.delete(list, SetElement.ofSet(member), exist);
            default -> {
                String told = neighbour == null ? member : member + (before ? " after " : " before ") + neighbour;
                return answer(neighbour == null && sets.test(list, SetElement.ofSet(member)), told, list);
            }
        }
        return 0;
    }

    private int answer(boolean in, String element, IpSet set) {
        if (!quiet) {
            self.error(in ? "Warning: " + element + " is in set " + set.name() + "." : element + " is NOT in set " + set.name() + ".");
        }
        return in ? 0 : 1;
    }

    private List<Integer> resolve(String host) {
        return switch (Resolver.lookup(self, host, false)) {
            case Resolver.Found found -> found.addresses();
            case Resolver.NotFound none -> List.of();
        };
    }

    // ---- listing ----

    private void list(Words words, boolean saves) throws IpsetException, SetException {
        List<IpSet> chosen = words.hasNext() ? List.of(sets.present(words.take())) : sets.listed();
        if (words.hasNext()) {
            throw IpsetException.usage("Unknown argument " + words.take());
        }
        var out = new StringBuilder();
        var printer = new SetPrinter(self.now(), sorted, resolves, this::addressText);
        for (IpSet set : chosen) {
            if (namesOnly) {
                out.append(set.name()).append('\n');
            } else if (saves) {
                out.append(printer.saved(set, headersOnly));
            } else {
                out.append(out.isEmpty() ? "" : "\n").append(printer.listed(set, headersOnly));
            }
        }
        if (file == null) {
            self.print(out.toString());
            return;
        }
        try {
            self.context().files().writeAll(self, file, Bytes.of(out.toString()));
        } catch (KernelException e) {
            throw IpsetException.other("Cannot open " + file + " for writing: " + e.errno().message());
        }
    }

    private String addressText(int address) {
        String name = resolves ? Resolver.reverse(self, address) : null;
        return name == null ? Ipv4.text(address) : name;
    }

    // ---- restoring ----

    private int restore() throws IpsetException {
        List<String> lines = input().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            List<String> words = Words.split(lines.get(i));
            if (words.isEmpty() || words.getFirst().startsWith("#") || words.getFirst().equals("COMMIT")) {
                continue;
            }
            if (words.getFirst().equals("quit")) {
                break;
            }
            boolean existBefore = exist;
            try {
                line = i + 1;
                Words rest = new Words(options(words));
                String command = rest.hasNext() ? command(rest.take()) : "";
                if (command.isEmpty()) {
                    throw IpsetException.usage("No command specified: unknown argument " + words.getFirst());
                }
                if (!command.equals("add") && !command.equals("del")) {
                    commit();
                    line = i + 1;
                }
                one(command, rest);
            } catch (IpsetException e) {
                return report(e, e.status() == 1 ? "Error in line " + line + ": " : "");
            }
            exist = existBefore;
        }
        try {
            commit();
        } catch (IpsetException e) {
            return report(e, "Error in line " + line + ": ");
        }
        return 0;
    }

    private String input() throws IpsetException {
        if (file != null) {
            try {
                return self.context().files().readAll(self, file).text();
            } catch (KernelException e) {
                throw IpsetException.other("Cannot open " + file + " for reading: " + e.errno().message());
            }
        }
        return LineReader.standardInput(self).text();
    }
}
