package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code iptables-save}: the tables that are in use, as {@code iptables-restore} reads them. */
final class IptablesSave {
    private static final List<TableName> ORDER = List.of(
            TableName.MANGLE, TableName.SECURITY, TableName.RAW, TableName.FILTER, TableName.NAT);
    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IptablesSave() {}

    static int main(EmulatedProcess self) {
        List<String> words = self.arguments();
        boolean counters = false;
        String only = "";
        String file = "";
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-c", "--counters" -> counters = true;
                case "-t", "--table" -> {
                    if (i + 1 >= words.size()) {
                        return usage(self, "option requires an argument -- 't'");
                    }
                    only = words.get(++i);
                }
                case "-f", "--file" -> {
                    if (i + 1 >= words.size()) {
                        return usage(self, "option requires an argument -- 'f'");
                    }
                    file = words.get(++i);
                }
                case "-M", "--modprobe" -> {
                    // a program that nothing here needs
                    if (++i >= words.size()) {
                        return usage(self, "option requires an argument -- 'M'");
                    }
                }
                case "-V", "--version" -> {
                    self.println("iptables-save v1.8.13 (nf_tables)");
                    return 0;
                }
                default -> {
                    if (!word.startsWith("-") || word.length() == 1) {
                        self.error("Unknown arguments found on commandline");
                        return 1;
                    }
                    return usage(self, word.startsWith("--")
                            ? "unrecognized option '" + word + "'"
                            : "invalid option -- '" + word.charAt(1) + "'");
                }
            }
        }
        if (!only.isEmpty() && TableName.named(only) == null) {
            self.error("Table `" + only + "' does not exist");
            return 1;
        }
        try {
            Iptables.requireRights(self);
            String text = text(self, only, counters);
            if (file.isEmpty()) {
                self.print(text);
            } else {
                self.context().files().writeAll(self, file, Bytes.of(text));
            }
            return 0;
        } catch (KernelException e) {
            self.error("Failed to open file, error: " + e.errno().message());
            return 1;
        } catch (IptablesException e) {
            self.error(e.text("iptables-save"));
            return e.status();
        }
    }

    private static int usage(EmulatedProcess self, String problem) {
        self.error("iptables-save: " + problem + "\nLook at manual page `iptables-save.8' for more information.");
        return 1;
    }

    private static String text(EmulatedProcess self, String only, boolean counters) {
        var out = new StringBuilder();
        for (TableName name : ORDER) {
            Table table = self.network().netfilter().table(name);
            if (only.isEmpty() ? table.isUsed() : only.equals(name.text())) {
                SavePrinter.table(out, table, counters, date(self));
            }
        }
        return out.toString();
    }

    private static String date(EmulatedProcess self) {
        return CTIME.format(Instant.ofEpochSecond(CalendarTime.seconds(self.now())));
    }
}
