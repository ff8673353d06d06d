package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code -m string}: bytes somewhere in the packet, its headers included ({@code xt_string.c}).
 *
 * @param pattern as ISO 8859-1, a character for each byte
 * @param from where a match may begin, {@code to} where at the latest: bytes from the IP header
 */
public record StringMatch(String pattern, String algorithm, int from, int to, boolean ignoresCase, boolean inverted) implements Match {
    /** {@code XT_STRING_MAX_PATTERN_SIZE}. */
    public static final int MAX_LENGTH = 128;
    public static final int MAX_OFFSET = 65535;

    @Override
    public String name() {
        return "string";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        String text = new String(WireFormat.encode(packet.ip()), StandardCharsets.ISO_8859_1);
        String wanted = pattern;
        if (ignoresCase) {
            text = text.toLowerCase(Locale.ROOT);
            wanted = wanted.toLowerCase(Locale.ROOT);
        }
        int found = text.indexOf(wanted, from);
        return (found >= 0 && found <= to) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        boolean hexadecimal = isHexadecimal();
        out.append(inverted ? " !" : "").append(hexadecimal ? " --hex-string " : " --string ");
        append(out, hexadecimal);
        out.append(" --algo ").append(algorithm);
        range(out, " --from ", " --to ");
        out.append(ignoresCase ? " --icase" : "");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" STRING match ").append(inverted ? "! " : " ");
        append(out, isHexadecimal());
        out.append(" ALGO name ").append(algorithm);
        range(out, " FROM ", " TO ");
        out.append(ignoresCase ? " ICASE" : "");
    }

    private void range(StringBuilder out, String low, String high) {
        if (from != 0) {
            out.append(low).append(from);
        }
        if (to != MAX_OFFSET) {
            out.append(high).append(to);
        }
    }

    /** {@code is_hex_string}: what cannot be printed, or would be read otherwise. */
    private boolean isHexadecimal() {
        return pattern.chars().anyMatch(c -> c < 0x20 || c > 0x7E || c == '|') || pattern.endsWith("\\");
    }

    private void append(StringBuilder out, boolean hexadecimal) {
        out.append('"').append(hexadecimal ? "|" : "");
        for (char c : pattern.toCharArray()) {
            if (hexadecimal) {
                out.append(String.format(Locale.ROOT, "%02x", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        out.append(hexadecimal ? "|" : "").append('"');
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().length() + " bytes without it";
    }
}
