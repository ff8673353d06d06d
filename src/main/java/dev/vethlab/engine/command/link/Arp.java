package dev.vethlab.engine.command.link;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.neighbour.NudState;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code arp} of net-tools: shows and changes the neighbour table. */
public final class Arp implements Program {
    private static final int FAILED = 255;

    /** What the options said. */
    private static final class Wanted {
        boolean numeric;
        boolean bsd;
        boolean verbose;
        boolean set;
        boolean delete;
        @Nullable String device;
        final List<String> words = new ArrayList<>();
    }

    @Override
    public int main(EmulatedProcess self) {
        var wanted = new Wanted();
        List<String> words = self.arguments();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.length() == 1) {
                wanted.words.add(word);
                continue;
            }
            if (word.equals("--version") || word.equals("-V")) {
                self.println("net-tools 2.10");
                return 0;
            }
            String letters = switch (word) {
                case "--numeric" -> "n";
                case "--verbose" -> "v";
                case "--set" -> "s";
                case "--delete" -> "d";
                case "--device" -> "i";
                default -> word.substring(1);
            };
            for (int at = 0; at < letters.length(); at++) {
                char letter = letters.charAt(at);
                switch (letter) {
                    case 'n' -> wanted.numeric = true;
                    case 'a' -> wanted.bsd = true;
                    case 'e' -> wanted.bsd = false;
                    case 'v' -> wanted.verbose = true;
                    case 's' -> wanted.set = true;
                    case 'd' -> wanted.delete = true;
                    case 'i' -> {
                        boolean attached = at + 1 < letters.length();
                        wanted.device = attached ? letters.substring(at + 1) : i + 1 < words.size() ? words.get(++i) : "";
                        at = letters.length();
                    }
                    default -> {
                        return Unsupported.answer(self, "arp -" + letter + " is not emulated");
                    }
                }
            }
        }
        return run(self, wanted);
    }

    private static int run(EmulatedProcess self, Wanted wanted) {
        if (wanted.set || wanted.delete) {
            if (wanted.words.isEmpty()) {
                self.error("arp: need host name");
                return FAILED;
            }
            OptionalInt address = NetTools.address(self, wanted.words.getFirst());
            if (address.isEmpty()) {
                self.error(wanted.words.getFirst() + ": Host name lookup failure");
                return FAILED;
            }
            if (!self.context().may(Capability.NET_ADMIN)) {
                self.error((wanted.set ? "SIOCSARP" : "SIOCDARP(dontpub)") + ": Operation not permitted");
                return FAILED;
            }
            return wanted.set ? set(self, wanted, address.getAsInt()) : delete(self, wanted, address.getAsInt());
        }
        return show(self, wanted);
    }

    /** Those of {@code /proc/net/arp}: somebody asked for them, or said where they are. */
    static List<NeighbourEntry> listed(EmulatedProcess self) {
        return self.network().neighbours().entries().stream()
                .filter(entry -> entry.state() != NudState.NONE && entry.state() != NudState.NOARP)
                .toList();
    }

    private static int set(EmulatedProcess self, Wanted wanted, int address) {
        if (wanted.words.size() < 2) {
            self.error("arp: need hardware address");
            return FAILED;
        }
        OptionalLong mac = Mac.parse(wanted.words.get(1).toLowerCase(Locale.ROOT));
        if (mac.isEmpty()) {
            self.error("arp: invalid hardware address");
            return FAILED;
        }
        if (wanted.words.contains("pub")) {
            return Unsupported.answer(self, "arp -s … pub is not emulated");
        }
        NetDevice device = wanted.device != null ? self.network().devices().find(wanted.device) : wayTo(self, address);
        if (device == null) {
            self.error("SIOCSARP: " + (wanted.device != null ? "No such device" : "Network is unreachable"));
            return FAILED;
        }
        NudState state = wanted.words.contains("temp") ? NudState.STALE : NudState.PERMANENT;
        try {
            self.network().neighbours().set(device, address, mac.getAsLong(), state);
        } catch (KernelException e) {
            self.error("SIOCSARP: " + e.errno().message());
            return FAILED;
        }
        return 0;
    }

    static @Nullable NetDevice wayTo(EmulatedProcess self, int address) {
        return self.network().routing().output(Flow.to(address)) instanceof RouteResult.Found found ? found.device() : null;
    }

    private static int delete(EmulatedProcess self, Wanted wanted, int address) {
        for (NeighbourEntry entry : listed(self)) {
            if (entry.address() == address && (wanted.device == null || entry.device().name().equals(wanted.device))) {
                self.network().neighbours().remove(entry);
                return 0;
            }
        }
        self.error("No ARP entry for " + wanted.words.getFirst());
        return FAILED;
    }

    private static int show(EmulatedProcess self, Wanted wanted) {
        OptionalInt host = OptionalInt.empty();
        if (!wanted.words.isEmpty()) {
            host = NetTools.address(self, wanted.words.getFirst());
            if (host.isEmpty()) {
                self.error(wanted.words.getFirst() + ": Host name lookup failure");
                return FAILED;
            }
        }
        int shown = 0;
        List<NeighbourEntry> entries = listed(self);
        for (NeighbourEntry entry : entries) {
            boolean meant = (host.isEmpty() || entry.address() == host.getAsInt())
                    && (wanted.device == null || entry.device().name().equals(wanted.device));
            if (meant) {
                if (shown++ == 0 && !wanted.bsd) {
                    self.println("Address                  HWtype  HWaddress           Flags Mask            Iface");
                }
                self.println(wanted.bsd ? bsd(self, wanted, entry) : line(self, wanted, entry));
            }
        }
        if (wanted.verbose) {
            self.println("Entries: " + entries.size() + "\tSkipped: " + (entries.size() - shown) + "\tFound: " + shown);
        }
        if (shown == 0 && host.isPresent() && !wanted.bsd) {
            self.println(wanted.words.getFirst() + " (" + Ipv4.text(host.getAsInt()) + ") -- no entry");
        } else if (shown == 0 && (host.isPresent() || wanted.device != null)) {
            self.println("arp: in " + entries.size() + " entries no match found.");
        }
        return 0;
    }

    private static String line(EmulatedProcess self, Wanted wanted, NeighbourEntry entry) {
        String name = wanted.numeric ? Ipv4.text(entry.address()) : NetTools.name(self, entry.address());
        if (!entry.hasMac()) {
            return String.format("%-23s  %-7s %-17s   %-5s %-15s %s", cut(name, 23), "", "(incomplete)", "", "", entry.device().name());
        }
        String flags = entry.state() == NudState.PERMANENT ? "CM" : "C";
        String type = entry.device().isLoopback() ? "loop" : "ether";
        return String.format("%-23s  %-7s %-17s   %-5s %-15s %s", cut(name, 23), type, Mac.text(entry.mac()), flags, "",
                entry.device().name());
    }

    private static String cut(String text, int width) {
        return text.length() > width ? text.substring(0, width) : text;
    }

    private static String bsd(EmulatedProcess self, Wanted wanted, NeighbourEntry entry) {
        String address = Ipv4.text(entry.address());
        String name = wanted.numeric ? "?" : NetTools.name(self, entry.address());
        String where = entry.hasMac() ? Mac.text(entry.mac()) + " [ether]" : "<incomplete>";
        return (name.equals(address) ? "?" : name) + " (" + address + ") at " + where + " "
                + (entry.state() == NudState.PERMANENT ? "PERM " : "") + "on " + entry.device().name();
    }
}
