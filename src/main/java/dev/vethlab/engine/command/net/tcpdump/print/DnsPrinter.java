package dev.vethlab.engine.command.net.tcpdump.print;

import java.util.Map;
import java.util.TreeMap;

/** {@code print-domain.c}: queries with their question, responses with counts and answers; all sections with {@code -vv}. */
final class DnsPrinter {
    private static final int HEADER = 12;
    private static final int OPT = 41;
    private static final int MAX_JUMPS = 32;
    private static final String[] OPERATIONS = {"", " inv_q", " stat", " op3", " notify", " update"};
    private static final String[] RESPONSES = {"", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused", " YXDomain", " YXRRSet",
        " NXRRSet", " NotAuth", " NotZone"};
    private static final Map<Integer, String> TYPES = new TreeMap<>();

    static {
        TYPES.put(1, "A");
        TYPES.put(2, "NS");
        TYPES.put(5, "CNAME");
        TYPES.put(6, "SOA");
        TYPES.put(12, "PTR");
        TYPES.put(13, "HINFO");
        TYPES.put(15, "MX");
        TYPES.put(16, "TXT");
        TYPES.put(28, "AAAA");
        TYPES.put(33, "SRV");
        TYPES.put(OPT, "OPT");
        TYPES.put(65, "HTTPS");
        TYPES.put(252, "AXFR");
        TYPES.put(255, "ANY");
    }

    private static final int COOKIE = 10;

    private final Printing out;
    private final Octets message;
    private int at = HEADER;

    private DnsPrinter(Printing out, Octets message) {
        this.out = out;
        this.message = message;
    }

    static void print(Printing out, Octets message, int length) {
        try {
            new DnsPrinter(out, message).message(length);
        } catch (Octets.Truncated e) {
            out.print(" [|domain]");
        }
    }

    private void message(int length) {
        int flags = message.u16(2);
        int questions = message.u16(4);
        int answers = message.u16(6);
        int authorities = message.u16(8);
        int additional = message.u16(10);
        int operation = flags >>> 11 & 15;
        String code = operation < OPERATIONS.length ? OPERATIONS[operation] : " op" + operation;
        if ((flags & 0x8000) != 0) {
            int response = flags & 15;
            out.print(message.u16(0) + code + (response < RESPONSES.length ? RESPONSES[response] : " Resp" + response)
                    + ((flags & 0x400) != 0 ? "*" : "") + ((flags & 0x80) != 0 ? "" : "-") + ((flags & 0x200) != 0 ? "|" : "")
                    + ((flags & 0x20) != 0 ? "$" : ""));
            if (questions != 1) {
                out.print(" [" + questions + "q]");
            }
            for (int i = 0; i < questions; i++) {
                question(out.options().verbosity() > 1 ? i == 0 ? " q:" : "," : null);
            }
            out.print(" " + answers + "/" + authorities + "/" + additional);
            records(answers, "");
        } else {
            out.print(message.u16(0) + code + ((flags & 0x100) != 0 ? "+" : ""));
            if ((flags & 0x6CF) != 0) {
                out.print(" [b2&3=0x" + Integer.toHexString(flags) + "]");
            }
            out.print((answers == 0 ? "" : " [" + answers + "a]") + (questions == 1 ? "" : " [" + questions + "q]")
                    + (authorities == 0 ? "" : " [" + authorities + "n]") + (additional == 0 ? "" : " [" + additional + "au]"));
            for (int i = 0; i < questions; i++) {
                question(i == 0 ? "" : ",");
            }
            if (out.options().verbosity() > 1) {
                records(answers, "");
            }
        }
        if (out.options().verbosity() > 1) {
            records(authorities, " ns:");
            records(additional, " ar:");
        }
        out.print(" (" + length + ")");
    }

    private void question(@org.jspecify.annotations.Nullable String prefix) {
        String name = name();
        String type = type(message.u16(at));
        at += 4;
        if (prefix != null) {
            out.print(prefix + " " + type + "? " + name);
        }
    }

    private void records(int count, String title) {
        for (int i = 0; i < count; i++) {
            out.print(i == 0 ? title : ",");
            record();
        }
    }

    private void record() {
        String name = name();
        int type = message.u16(at);
        int size = message.u16(at + 2);
        long ttl = message.u32(at + 4);
        int end = at + 10 + message.u16(at + 8);
        at += 10;
        if (out.options().verbosity() > 0) {
            out.print(" " + name + (type == OPT || out.options().verbosity() < 3 ? "" : " [" + duration(ttl) + "]"));
        }
        out.print(" " + type(type));
        switch (type) {
            case 1 -> out.print(" " + dev.vethlab.engine.packet.Ipv4.text(message.s32(at)));
            case 2, 5, 12 -> out.print(" " + name());
            case 6 -> {
                if (out.options().verbosity() > 0) {
                    out.print(" " + name() + " " + name());
                    for (int i = 0; i < 5; i++) {
                        out.print(" " + message.u32(at + 4 * i));
                    }
                }
            }
            case 15 -> {
                int preference = message.u16(at);
                at += 2;
                out.print(" " + name() + " " + preference);
            }
            case 16 -> out.print(" \"" + message.bytes().slice(at + 1, Math.min(message.length(), at + 1 + message.u8(at))).text() + "\"");
            case 33 -> {
                String target = at + 6 < end ? nameAt(at + 6) : "";
                out.print(" " + target + ":" + message.u16(at + 4) + " " + message.u16(at) + " " + message.u16(at + 2));
            }
            case OPT -> {
                out.print(" UDPsize=" + size + ((ttl & 0x8000) != 0 ? " DO" : ""));
                options(end);
            }
            default -> {}
        }
        at = end;
    }

    /** The options of EDNS: a cookie's bytes, of others their number and bytes. */
    private void options(int end) {
        String separator = " [";
        while (at + 4 <= end) {
            int code = message.u16(at);
            int length = message.u16(at + 2);
            var hex = new StringBuilder();
            for (int i = 0; i < length && at + 4 + i < end; i++) {
                hex.append(String.format("%02x", message.u8(at + 4 + i)));
            }
            out.print(separator + (code == COOKIE ? "COOKIE" : "Opt" + code) + (hex.isEmpty() ? "" : " " + hex));
            separator = ",";
            at += 4 + length;
        }
        out.print(separator.equals(",") ? "]" : "");
    }

    private static String type(int type) {
        return TYPES.getOrDefault(type, "Type" + type);
    }

    /** {@code unsigned_relts_print}: seconds in the largest units, such as 1h30m. */
    private static String duration(long seconds) {
        if (seconds == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        long[] sizes = {604_800, 86_400, 3600, 60, 1};
        long rest = seconds;
        for (int i = 0; i < sizes.length; i++) {
            if (rest >= sizes[i]) {
                text.append(rest / sizes[i]).append("wdhms".charAt(i));
                rest %= sizes[i];
            }
        }
        return text.toString();
    }

    private String name() {
        String name = nameAt(at);
        while (true) {
            int length = message.u8(at);
            if (length >= 0xC0) {
                at += 2;
                return name;
            }
            at += length + 1;
            if (length == 0) {
                return name;
            }
        }
    }

    private String nameAt(int start) {
        var text = new StringBuilder();
        int here = start;
        for (int jumps = 0; jumps < MAX_JUMPS; ) {
            int length = message.u8(here);
            if (length >= 0xC0) {
                here = message.u16(here) & 0x3FFF;
                jumps++;
                continue;
            }
            if (length == 0) {
                return text.isEmpty() ? "." : text.toString();
            }
            message.u8(here + length);
            text.append(message.bytes().slice(here + 1, here + 1 + length).text()).append('.');
            here += length + 1;
        }
        return "<LOOP>";
    }
}
