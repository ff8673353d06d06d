package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.CommandLine.Command;
import dev.vethlab.engine.command.iptables.extension.Extension;
import dev.vethlab.engine.command.iptables.extension.Extensions;
import dev.vethlab.engine.command.iptables.extension.Hosts;
import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.command.iptables.extension.MatchExtension;
import dev.vethlab.engine.command.iptables.extension.Numbers;
import dev.vethlab.engine.command.iptables.extension.RuleContext;
import dev.vethlab.engine.command.iptables.extension.Surroundings;
import dev.vethlab.engine.command.iptables.extension.TargetExtension;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Address;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Interface;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Protocol;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.kernel.netfilter.target.NoTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a call of {@code iptables} ({@code do_parse} of {@code xshared.c}). */
final class CommandParser {
    /** {@code XT_EXTENSION_MAXNAMELEN}. */
    private static final int MAX_CHAIN_NAME = 29;
    private static final int MAX_INTERFACE_NAME = 16;
    private static final int MAX_RULES = 256;

    private final Getopt getopt;
    private final Function<String, List<Integer>> resolver;
    private final Surroundings surroundings;
    private final Extension.Words following = new Following();
    private final List<MatchExtension> matches = new ArrayList<>();
    private final StringBuilder given = new StringBuilder();
    private String table;
    private @Nullable Command command;
    private boolean zero;
    private @Nullable String chain;
    private int number;
    private String argument = "";
    private @Nullable String sources;
    private @Nullable String destinations;
    private boolean notSource;
    private boolean notDestination;
    private @Nullable Interface in;
    private @Nullable Interface out;
    private @Nullable Protocol protocol;
    private HeaderMatch.@Nullable Fragment fragment;
    private @Nullable String jump;
    private boolean goTo;
    private @Nullable TargetExtension target;
    private boolean protocolLoaded;
    private boolean inverted;
    private long packets;
    private long bytes;
    private int verbose;
    private boolean waits;
    private boolean waitInterval;

    /**
     * @param resolver the addresses of a host's name; empty if it has none
     * @param surroundings what words mean here, and who is told what is odd but no error
     */
    CommandParser(
            List<String> words,
            String table,
            Function<String, List<Integer>> resolver,
            Surroundings surroundings) {
        this.getopt = new Getopt(words);
        this.table = table;
        this.resolver = resolver;
        this.surroundings = surroundings;
    }

    CommandLine parse() throws IptablesException {
        int place = getopt.place();
        for (Getopt.Token token = getopt.next(); token != null; token = getopt.next()) {
            switch (token) {
                case Getopt.Own own -> own(own.letter(), own.value());
                case Getopt.Word word -> word(word.text());
                case Getopt.Foreign foreign -> {
                    foreign.extension().take(foreign.option(), foreign.value(), inverted, following);
                    inverted = false;
                }
                case Getopt.Unknown unknown -> {
                    if (!loadProtocol()) {
                        throw IptablesException.parameter("unknown option \"" + unknown.text() + "\"");
                    }
                    getopt.back(place);
                }
            }
            place = getopt.place();
        }
        return finish();
    }

    /** The words after an option, for those that take several. */
    private final class Following implements Extension.Words {
        @Override
        public @Nullable String next() {
            return getopt.takeArgument();
        }

        @Override
        public void warn(String text) {
            surroundings.warn(text);
        }

        @Override
        public boolean hasSet(String name) {
            return surroundings.hasSet(name);
        }

        @Override
        public OptionalInt user(String name) {
            return surroundings.user(name);
        }

        @Override
        public OptionalInt group(String name) {
            return surroundings.group(name);
        }
    }

    private void word(String text) throws IptablesException {
        if (!text.equals("!")) {
            throw IptablesException.badArgument(text);
        }
        if (inverted) {
            throw IptablesException.parameter("multiple consecutive ! not allowed");
        }
        inverted = true;
    }

    private void own(char letter, @Nullable String value) throws IptablesException {
        switch (letter) {
            case 'A', 'I', 'D', 'R', 'C', 'N', 'P', 'E' -> command(letter, Objects.requireNonNull(value));
            case 'L', 'S', 'F', 'Z', 'X' -> listing(letter, value != null ? value : getopt.takeArgument());
            case 'p' -> {
                option(letter, true);
                int parsed = Hosts.protocol(Objects.requireNonNull(value));
                if (parsed == 0 && inverted) {
                    throw IptablesException.parameter("rule would never match protocol");
                }
                protocol = parsed == 0 ? null : new Protocol(parsed, inverted);
            }
            case 's' -> {
                option(letter, true);
                sources = value;
                notSource = inverted;
            }
            case 'd' -> {
                option(letter, true);
                destinations = value;
                notDestination = inverted;
            }
            case 'i' -> {
                option(letter, true);
                in = device(Objects.requireNonNull(value));
            }
            case 'o' -> {
                option(letter, true);
                out = device(Objects.requireNonNull(value));
            }
            case 'f' -> {
                option(letter, true);
                fragment = new HeaderMatch.Fragment(inverted);
            }
            case 'j', 'g' -> {
                option('j', false);
                jump(Objects.requireNonNull(value), letter == 'g');
            }
            case 'm' -> {
                if (inverted) {
                    throw IptablesException.parameter("unexpected ! flag before --match");
                }
                match(Objects.requireNonNull(value));
            }
            case 't' -> {
                if (inverted) {
                    throw IptablesException.parameter("unexpected ! flag before --table");
                }
                table = Objects.requireNonNull(value);
            }
            case 'n', '0' -> option(letter, false);
            case 'x' -> option(letter, false);
            case 'v' -> {
                if (verbose == 0) {
                    option(letter, false);
                }
                verbose++;
            }
            case 'c' -> {
                option(letter, false);
                counters(Objects.requireNonNull(value));
            }
            case 'w' -> {
                waits = true;
                String seconds = value != null ? value : getopt.takeArgument();
                if (seconds != null && !seconds.matches("\\s*[+-]?\\d.*")) {
                    throw IptablesException.parameter("wait seconds not numeric");
                }
            }
            case 'W' -> {
                waitInterval = true;
                if (value == null) {
                    getopt.takeArgument();
                }
                surroundings.warn("Ignoring deprecated --wait-interval option.");
            }
            case 'V' -> throw IptablesException.saying(inverted ? "Not 1.8.13 (nf_tables) ;-)" : Iptables.VERSION);
            case 'h' -> throw IptablesException.unsupported("iptables: its help is not emulated");
            case '6' -> throw IptablesException.hint();
            default -> {}
        }
        inverted = false;
    }

    private void option(char letter, boolean invertible) throws IptablesException {
        if (inverted && !invertible) {
            throw IptablesException.parameter("cannot have ! before --" + CommandLine.optionName(letter));
        }
        if (given.indexOf(String.valueOf(letter)) >= 0) {
            throw IptablesException.parameter("multiple --" + CommandLine.optionName(letter) + " options not allowed");
        }
        given.append(letter);
    }

    // ---- commands ----

    private void command(char letter, String name) throws IptablesException {
        chain = name;
        switch (letter) {
            case 'A' -> set(Command.APPEND);
            case 'C' -> set(Command.CHECK);
            case 'I' -> {
                set(Command.INSERT);
                String word = getopt.takeArgument();
                number = word == null ? 1 : ruleNumber(word);
            }
            case 'D' -> {
                set(Command.DELETE);
                String word = getopt.takeArgument();
                number = word == null ? 0 : ruleNumber(word);
            }
            case 'R' -> {
                set(Command.REPLACE);
                String word = getopt.takeArgument();
                if (word == null) {
                    throw IptablesException.parameter("-R requires a rule number");
                }
                number = ruleNumber(word);
            }
            case 'N' -> {
                if (name.startsWith("-") || name.startsWith("!")) {
                    throw IptablesException.parameter("chain name not allowed to start with `" + name.charAt(0) + "'");
                }
                if (Extensions.target(name) != null) {
                    throw IptablesException.parameter("chain name may not clash with target name");
                }
                if (name.chars().anyMatch(Character::isWhitespace)) {
                    throw IptablesException.parameter("Invalid chain name `" + name + "'");
                }
                set(Command.NEW_CHAIN);
            }
            case 'E' -> {
                set(Command.RENAME_CHAIN);
                argument = second("-E requires old-chain-name and new-chain-name");
            }
            default -> {
                set(Command.SET_POLICY);
                argument = second("-P requires a chain and a policy");
            }
        }
    }

    private String second(String otherwise) throws IptablesException {
        String word = getopt.takeArgument();
        if (word == null) {
            throw IptablesException.parameter(otherwise);
        }
        return word;
    }

    private void listing(char letter, @Nullable String name) throws IptablesException {
        if (name != null) {
            chain = name;
        }
        switch (letter) {
            case 'L' -> set(Command.LIST);
            case 'S' -> set(Command.LIST_RULES);
            case 'F' -> set(Command.FLUSH);
            case 'Z' -> set(Command.ZERO);
            default -> set(Command.DELETE_CHAIN);
        }
        if (letter == 'L' || letter == 'S' || letter == 'Z') {
            String word = name == null ? null : getopt.takeArgument();
            if (word != null) {
                number = ruleNumber(word);
            }
        }
    }

    private void set(Command next) throws IptablesException {
        if (inverted) {
            throw IptablesException.parameter("unexpected ! flag before --" + next.name().toLowerCase(Locale.ROOT));
        }
        if (command == null) {
            command = next;
        } else if (next == Command.ZERO && (command == Command.LIST || command == Command.LIST_RULES)) {
            zero = true;
        } else if (command == Command.ZERO && (next == Command.LIST || next == Command.LIST_RULES)) {
            zero = true;
            command = next;
        } else {
            throw IptablesException.parameter("Cannot use -" + next.letter() + " with -" + command.letter());
        }
    }

    private static int ruleNumber(String text) throws IptablesException {
        Long value = Numbers.parse(text);
        if (value == null || value < 1 || value > Integer.MAX_VALUE) {
            throw IptablesException.parameter("Invalid rule number `" + text + "'");
        }
        return value.intValue();
    }

    // ---- rules ----

    private @Nullable Interface device(String name) throws IptablesException {
        if (name.isEmpty()) {
            throw IptablesException.parameter("Empty interface is likely to be undesired");
        }
        if (name.length() >= MAX_INTERFACE_NAME) {
            throw IptablesException.parameter("interface name `" + name + "' must be shorter than " + MAX_INTERFACE_NAME + " characters");
        }
        if (name.indexOf('/') >= 0 || name.indexOf(' ') >= 0) {
            surroundings.warn("Warning: weird character in interface `" + name + "' ('/' and ' ' are not allowed by the kernel).");
        }
        // every device's name begins with nothing: the rule has no such condition (add_iniface)
        return name.equals("+") && !inverted ? null : new Interface(name, inverted);
    }

    private void match(String name) throws IptablesException {
        MatchExtension extension = Extensions.match(name);
        if (extension == null) {
            String refusal = Extensions.unsupportedMatch(name);
            throw refusal != null
                    ? IptablesException.unsupported(refusal)
                    : IptablesException.parameter("Couldn't load match `" + name + "':No such file or directory\n");
        }
        matches.add(extension);
        getopt.load(extension);
        protocolLoaded |= protocol != null && name.equals(IpProtocol.name(protocol.number()));
    }

    /** {@code load_proto}: the options of {@code -p}'s own match, once. */
    private boolean loadProtocol() throws IptablesException {
        if (protocol == null || protocolLoaded) {
            return false;
        }
        MatchExtension extension = Extensions.match(protocol.text());
        if (extension == null) {
            String refusal = Extensions.unsupportedMatch(IpProtocol.name(protocol.number()));
            if (refusal != null) {
                throw IptablesException.unsupported(refusal);
            }
            return false;
        }
        protocolLoaded = true;
        matches.add(extension);
        getopt.load(extension);
        return true;
    }

    private void jump(String name, boolean goesTo) throws IptablesException {
        jump = name;
        goTo = goesTo;
        if (name.isEmpty()) {
            throw IptablesException.parameter("Invalid target name (too short)");
        }
        if (name.length() >= MAX_CHAIN_NAME) {
            throw IptablesException.parameter("Invalid target name `" + name + "' (" + (MAX_CHAIN_NAME - 1) + " chars max)");
        }
        if (!goesTo) {
            target = Extensions.target(name);
            if (target != null) {
                getopt.load(target);
            } else {
                String refusal = Extensions.unsupportedTarget(name);
                if (refusal != null) {
                    throw IptablesException.unsupported(refusal);
                }
            }
        }
    }

    private void counters(String text) throws IptablesException {
        int comma = text.indexOf(',');
        String second = comma < 0 ? getopt.takeArgument() : text.substring(comma + 1);
        if (second == null) {
            throw IptablesException.parameter("--set-counters requires packet and byte counter");
        }
        Long first = Numbers.parse(comma < 0 ? text : text.substring(0, comma));
        if (first == null) {
            throw IptablesException.parameter("--set-counters packet counter not numeric");
        }
        Long last = Numbers.parse(second);
        if (last == null) {
            throw IptablesException.parameter("--set-counters byte counter not numeric");
        }
        packets = first;
        bytes = last;
    }

    private CommandLine finish() throws IptablesException {
        if (waitInterval && !waits) {
            throw IptablesException.parameter("--wait-interval only makes sense with --wait\n");
        }
        boolean drops = argument.equals("DROP") && command == Command.SET_POLICY;
        if (table.equals("nat") && (drops || "DROP".equals(jump))) {
            throw IptablesException.parameter(
                    "\nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n");
        }
        var context = new RuleContext(protocol);
        for (Extension extension : matches) {
            extension.finish(context);
        }
        if (target != null) {
            target.finish(context);
        }
        if (command == null) {
            throw IptablesException.parameter("no command specified");
        }
        if (inverted) {
            throw IptablesException.parameter("nothing appropriate following !");
        }
        List<RuleSpec> rules = command.takesRule() && !(command == Command.DELETE && number > 0) ? rules() : List.of();
        checkOptions(command);
        String name = chain;
        if (name != null && name.length() >= MAX_CHAIN_NAME) {
            throw IptablesException.parameter("chain name `" + name + "' too long (must be under " + MAX_CHAIN_NAME + " chars)");
        }
        if (command.takesRule()) {
            if (out != null && ("PREROUTING".equals(name) || "INPUT".equals(name))) {
                throw IptablesException.parameter("Can't use --out-interface with " + name);
            }
            if (in != null && ("POSTROUTING".equals(name) || "OUTPUT".equals(name))) {
                throw IptablesException.parameter("Can't use --in-interface with " + name);
            }
        }
        return new CommandLine(command, zero, table, name, number, argument, rules, packets, bytes, has('c'), verbose, has('n'), has('x'),
                has('0'));
    }

    private boolean has(char letter) {
        return given.indexOf(String.valueOf(letter)) >= 0;
    }

    private void checkOptions(Command of) throws IptablesException {
        String refused = of == Command.DELETE && number > 0 ? "nsdpjxio0cf" : of.refused();
        for (int i = 0; i < CommandLine.OPTIONS.length(); i++) {
            char letter = CommandLine.OPTIONS.charAt(i);
            if (has(letter) && refused.indexOf(letter) >= 0) {
                throw IptablesException.parameter("Illegal option `--" + CommandLine.optionName(letter) + "' with this command");
            }
        }
    }

    private List<RuleSpec> rules() throws IptablesException {
        Target does = target != null ? target.target() : jump == null ? new NoTarget() : new JumpTarget(jump, goTo);
        List<Address> from = addresses(sources, notSource);
        List<Address> to = addresses(destinations, notDestination);
        if (command == Command.REPLACE && (from.size() > 1 || to.size() > 1)) {
            throw IptablesException.parameter("Replacement rule does not specify a unique address");
        }
        if ((notSource && from.size() > 1) || (notDestination && to.size() > 1)) {
            throw IptablesException.parameter("! not allowed with multiple source or destination IP addresses");
        }
        if (from.size() * to.size() > MAX_RULES) {
            throw IptablesException.unsupported("iptables: more than " + MAX_RULES + " rules of one command");
        }
        var rules = new ArrayList<RuleSpec>();
        for (Address source : from) {
            for (Address destination : to) {
                var header = new HeaderMatch(present(source), present(destination), in, out, protocol, fragment);
                List<Match> built = matches.stream().map(MatchExtension::match).toList();
                rules.add(new RuleSpec(header, built, does));
            }
        }
        return rules;
    }

    private static final Address ALL = new Address(0, 0, false);

    private static @Nullable Address present(Address address) {
        return address.mask() == 0 && !address.inverted() ? null : address;
    }

    private List<Address> addresses(@Nullable String text, boolean not) throws IptablesException {
        if (text == null) {
            return List.of(ALL);
        }
        var addresses = new ArrayList<Address>();
        for (String word : text.split(",")) {
            int slash = word.indexOf('/');
            String host = slash < 0 ? word : word.substring(0, slash);
            int mask = slash < 0 ? -1 : Hosts.mask(word.substring(slash + 1));
            OptionalInt numeric = Hosts.address(host);
            List<Integer> found = numeric.isPresent() ? List.of(numeric.getAsInt()) : resolver.apply(host);
            if (found.isEmpty()) {
                throw IptablesException.parameter("host/network `" + host + "' not found");
            }
            for (int address : found) {
                addresses.add(new Address(address & mask, mask, not));
            }
        }
        return addresses;
    }
}
