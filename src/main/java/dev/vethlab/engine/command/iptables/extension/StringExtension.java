package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.StringMatch;
import java.util.List;

/** {@code -m string}. */
final class StringExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("from"),
            Option.value("to"),
            Option.value("algo"),
            Option.invertible("string"),
            Option.invertible("hex-string"),
            Option.flag("icase"));

    private String pattern = "";
    private String algorithm = "";
    private int from;
    private int to = StringMatch.MAX_OFFSET;
    private boolean not;

    StringExtension() {
        super("string", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "from" -> from = (int) number(option, value, 0, 65535);
            case "to" -> to = (int) number(option, value, 0, 65535);
            case "algo" -> algorithm = value;
            case "icase" -> {}
            default -> {
                pattern = option.equals("string") ? value : bytes(value);
                if (pattern.length() > StringMatch.MAX_LENGTH) {
                    throw IptablesException.parameter("STRING too long \"" + value + "\"");
                }
                not = inverted;
            }
        }
    }

    /** Text in which numbers between bars are bytes ({@code parse_hex_string}). */
    private static String bytes(String text) throws IptablesException {
        var out = new StringBuilder();
        boolean hexadecimal = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '|') {
                hexadecimal = !hexadecimal;
            } else if (!hexadecimal) {
                out.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
            } else if (c != ' ') {
                String pair = i + 2 <= text.length() ? text.substring(i, i + 2) : "";
                if (!pair.matches("\\p{XDigit}{2}")) {
                    throw IptablesException.parameter("Odd number of hex digits");
                }
                out.append((char) Integer.parseInt(pair, 16));
                i++;
            }
        }
        return out.toString();
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("algo");
        if (pattern.isEmpty()) {
            throw IptablesException.parameter("STRING match: You must specify `--string' or `--hex-string'");
        }
    }

    @Override
    public Match match() {
        return new StringMatch(pattern, algorithm, from, to, has("icase"), not);
    }
}
