package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** DNS messages as BIND's tools print them, records in the columns of a master file. */
final class DnsText {
    private static final int NAME_END = 24;
    private static final int CLASS_AT = 32;
    private static final int TYPE_AT = 40;
    private static final int DATA_AT = 48;

    private DnsText() {}

    static String name(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    /** {@code ;example.com.   IN   A}. */
    static String question(DnsMessage message) {
        // the comment's sign does not count among the columns
        return ";" + pad(pad(name(message.question()), CLASS_AT) + "IN", TYPE_AT) + DnsType.name(message.type());
    }

    static String record(DnsRecord record, boolean ttl) {
        String line = pad(name(record.name()), NAME_END);
        if (ttl) {
            line = pad(line + Integer.toUnsignedString(record.ttl()), CLASS_AT) + "IN";
            return pad(pad(line, TYPE_AT) + DnsType.name(record.type()), DATA_AT) + data(record);
        }
        return pad(pad(line + "IN", CLASS_AT) + DnsType.name(record.type()), TYPE_AT) + data(record);
    }

    /** What a record says, as {@code +short} prints it. */
    static String data(DnsRecord record) {
        return switch (record.data()) {
            case DnsRecord.Address a -> Ipv4.text(a.address());
            case DnsRecord.Name target -> name(target.name());
            case DnsRecord.Opaque opaque -> opaque(record.type(), opaque.bytes());
        };
    }

    private static String opaque(int type, Bytes bytes) {
        if (type == DnsType.TXT) {
            var text = new StringBuilder();
            for (int at = 0; at < bytes.length(); at += 1 + bytes.get(at)) {
                int end = Math.min(bytes.length(), at + 1 + bytes.get(at));
                text.append(text.isEmpty() ? "\"" : " \"").append(bytes.slice(at + 1, end).text()).append('"');
            }
            return text.toString();
        }
        return "\\# " + bytes.length() + " " + HexFormat.of().withUpperCase().formatHex(bytes.toArray());
    }

    /** Tabs up to a column; one blank if the line is beyond it. */
    private static String pad(String line, int column) {
        int at = 0;
        for (int i = 0; i < line.length(); i++) {
            at = line.charAt(i) == '\t' ? at / 8 * 8 + 8 : at + 1;
        }
        if (at >= column) {
            return line + " ";
        }
        return line + "\t".repeat((column - at + 7) / 8);
    }

    /** The two lines about a message's header. */
    static String header(DnsMessage message) {
        var flags = new ArrayList<String>();
        add(flags, message, DnsMessage.RESPONSE, "qr");
        add(flags, message, DnsMessage.AUTHORITATIVE, "aa");
        add(flags, message, DnsMessage.TRUNCATED, "tc");
        add(flags, message, DnsMessage.RECURSION_DESIRED, "rd");
        add(flags, message, DnsMessage.RECURSION_AVAILABLE, "ra");
        add(flags, message, DnsMessage.AUTHENTIC_DATA, "ad");
        add(flags, message, DnsMessage.CHECKING_DISABLED, "cd");
        return ";; ->>HEADER<<- opcode: QUERY, status: " + message.rcodeName() + ", id: " + message.id() + "\n;; flags: "
                + String.join(" ", flags) + "; QUERY: 1, ANSWER: " + message.answers().size() + ", AUTHORITY: " + message.authority().size()
                + ", ADDITIONAL: " + (message.additional().size() + (message.udpSize() > 0 ? 1 : 0));
    }

    private static void add(List<String> flags, DnsMessage message, int flag, String name) {
        if (message.has(flag)) {
            flags.add(name);
        }
    }

    /** The OPT record's lines, each with a newline; none if there is no such record. */
    static String options(DnsMessage message) {
        if (message.udpSize() == 0) {
            return "";
        }
        var text = new StringBuilder(";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: " + message.udpSize() + "\n");
        Bytes data = message.options();
        for (int at = 0; at + 4 <= data.length(); ) {
            int code = data.get(at) << 8 | data.get(at + 1);
            int length = data.get(at + 2) << 8 | data.get(at + 3);
            if (code == 15 && length >= 2 && at + 6 <= data.length()) {
                int error = data.get(at + 4) << 8 | data.get(at + 5);
                text.append("; EDE: ").append(error).append(error == 14 ? " (Not Ready)" : "").append('\n');
            }
            at += 4 + length;
        }
        return text.toString();
    }
}
