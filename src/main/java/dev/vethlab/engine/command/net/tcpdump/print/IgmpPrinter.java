package dev.vethlab.engine.command.net.tcpdump.print;

/** {@code print-igmp.c}: reports of IGMPv3, with {@code -v} group by group; what nobody here sends, by its number. */
final class IgmpPrinter {
    private static final int QUERY = 0x11;
    private static final int REPORT_V1 = 0x12;
    private static final int REPORT_V2 = 0x16;
    private static final int LEAVE = 0x17;
    private static final int REPORT_V3 = 0x22;
    private static final int FIRST_RECORD = 8;
    private static final int RECORD_LENGTH = 8;

    private IgmpPrinter() {}

    static void print(Printing out, Octets igmp, int length) {
        if (out.options().quiet()) {
            out.print("igmp");
            return;
        }
        try {
            int type = igmp.u8(0);
            String group = out.names().address(igmp.s32(4));
            out.print("igmp " + switch (type) {
                case QUERY -> "query v" + (length >= 12 ? 3 : igmp.u8(1) == 0 ? 1 : 2);
                case REPORT_V1 -> "v1 report " + group;
                case REPORT_V2 -> "v2 report " + group;
                case LEAVE -> "leave " + group;
                case REPORT_V3 -> "v3 report";
                default -> String.format("0x%02x", type);
            });
            if (type == REPORT_V3) {
                report(out, igmp);
            }
            int sum = out.options().verbosity() > 0 && igmp.length() >= length ? Checksum.of(igmp.first(length), 0) : 0;
            if (sum != 0) {
                out.print(" bad igmp cksum " + Integer.toHexString(igmp.u16(2)) + "!");
            }
        } catch (Octets.Truncated e) {
            out.print("[|igmp]");
        }
    }

    /** {@code print_igmpv3_report}. */
    private static void report(Printing out, Octets igmp) {
        int count = igmp.u16(6);
        out.print(", " + count + " group record(s)");
        if (out.options().verbosity() == 0) {
            return;
        }
        int at = FIRST_RECORD;
        for (int i = 0; i < count; i++) {
            int sources = igmp.u16(at + 2);
            out.print(" [gaddr " + out.names().address(igmp.s32(at + 4)) + change(igmp.u8(at)) + " {");
            at += RECORD_LENGTH;
            for (int source = 0; source < sources; source++, at += 4) {
                out.print(" " + out.names().address(igmp.s32(at)));
            }
            out.print(" }]");
        }
    }

    private static String change(int type) {
        return switch (type) {
            case 1 -> " is_in";
            case 2 -> " is_ex";
            case 3 -> " to_in";
            case 4 -> " to_ex";
            case 5 -> " allow";
            case 6 -> " block";
            default -> String.format(" [v3-report-#%d]", type);
        };
    }
}
