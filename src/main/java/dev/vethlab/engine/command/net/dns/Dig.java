package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code dig} of BIND 9.20. */
public final class Dig {
    private static final String VERSION = "DiG 9.20.30-1-Debian";
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT);
    private static final int NO_SERVER = 9;
    private static final int INTERNAL_ERROR = 10;
    private static final String USAGE = """
            Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
                        {global-d-opt} host [@local-server] {local-d-opt}
                        [ host [@local-server] {local-d-opt} [...]]

            Use "dig -h" (or "dig -h | more") for complete list of options""";

    private final EmulatedProcess self;

    private Dig(EmulatedProcess self) {
        this.self = self;
    }

    public static int main(EmulatedProcess self) {
        DigOptions options = DigOptions.parse(self.arguments().subList(1, self.arguments().size()));
        if (options.invalid != null) {
            self.error("Invalid option: " + options.invalid + "\n" + USAGE);
            return 1;
        }
        options.warnings.forEach(self::error);
        if (options.unsupported != null) {
            return Unsupported.answer(self, options.unsupported);
        }
        if (options.version) {
            self.error(VERSION);
            return 0;
        }
        return new Dig(self).run(options);
    }

    private int run(DigOptions options) {
        int status = 0;
        boolean first = true;
        for (DigOptions.Lookup lookup : options.lookups) {
            List<Integer> servers;
            if (lookup.server().isEmpty()) {
                servers = ResolverConfiguration.read(self).servers();
            } else if (Resolver.lookup(self, lookup.server(), false) instanceof Resolver.Found found) {
                servers = found.addresses();
            } else {
                self.error("dig: couldn't get address for '" + lookup.server() + "': not found");
                return INTERNAL_ERROR;
            }
            String banner = first && lookup.shows("cmd") && !lookup.has("noall") && !lookup.isShort() ? banner(lookup, servers.size()) : "";
            status = Math.max(status, ask(lookup, servers, banner));
            first = false;
        }
        return status;
    }

    private String banner(DigOptions.Lookup lookup, int servers) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        String line = "\n; <<>> " + VERSION + " <<>>" + (words.isEmpty() ? "" : " " + String.join(" ", words)) + "\n";
        if (!lookup.server().isEmpty()) {
            line += "; (" + servers + " server" + (servers == 1 ? "" : "s") + " found)\n";
        }
        return line + ";; global options: +cmd\n";
    }

    private int ask(DigOptions.Lookup lookup, List<Integer> servers, String banner) {
        if (!DnsCodec.isName(lookup.name())) {
            self.error("dig: '" + lookup.name() + "' is not a legal IDNA2008 name (domain label longer than 63 characters), use +noidn");
            return INTERNAL_ERROR;
        }
        DnsMessage query = query(lookup);
        var exchange = new DnsExchange(self, lookup.port(), lookup.has("tcp"), lookup.number("tries", 3),
                lookup.number("time", 5) * 1_000_000_000L,
                lookup.source());
        for (int server : servers) {
            DnsExchange.Reply reply = exchange.ask(server, query);
            if (reply != null) {
                print(lookup, reply, server, banner);
                return 0;
            }
        }
        if (!exchange.hasSetupFailed()) {
            self.print(banner + ";; no servers could be reached\n");
        }
        return NO_SERVER;
    }

    private DnsMessage query(DigOptions.Lookup lookup) {
        int id = DnsExchange.newId(self);
        DnsMessage query = DnsMessage.query(id, lookup.name(), lookup.type());
        query = query.withFlags(lookup.has("norecurse") ? 0 : DnsMessage.RECURSION_DESIRED | (lookup.has("noadflag") ? 0
                : DnsMessage.AUTHENTIC_DATA));
        if (lookup.has("noedns")) {
            return query;
        }
        query = query.withUdpSize(lookup.number("bufsize", 1232));
        return lookup.has("nocookie") ? query : query.withOptions(cookie());
    }

    /** A client's cookie (RFC 7873): option 10, eight bytes. */
    private Bytes cookie() {
        byte[] option = new byte[12];
        option[1] = 10;
        option[3] = 8;
        for (int i = 4; i < option.length; i++) {
            option[i] = (byte) self.simulation().random("dns-id").nextInt(256);
        }
        return Bytes.of(option);
    }

    // ---- printing ----

    private void print(DigOptions.Lookup lookup, DnsExchange.Reply reply, int server, String banner) {
        DnsMessage message = reply.message();
        if (lookup.isShort()) {
            message.answers().forEach(record -> self.println(DnsText.data(record)
                    + (lookup.has("identify") ? " from server " + Ipv4.text(server) + " in " + millis(reply) + " ms." : "")));
            return;
        }
        var text = new StringBuilder(banner);
        if (lookup.shows("comments")) {
            text.append(";; Got answer:\n").append(DnsText.header(message)).append("\n");
            if (message.has(DnsMessage.RECURSION_DESIRED) && !message.has(DnsMessage.RECURSION_AVAILABLE)) {
                text.append(";; WARNING: recursion requested but not available\n");
            }
            text.append('\n').append(DnsText.options(message));
        }
        if (lookup.shows("question")) {
            text.append(lookup.shows("comments") ? ";; QUESTION SECTION:\n" : "").append(DnsText.question(message)).append('\n');
            text.append(lookup.shows("comments") ? "\n" : "");
        }
        section(text, lookup, "answer", "ANSWER", message.answers());
        section(text, lookup, "authority", "AUTHORITY", message.authority());
        section(text, lookup, "additional", "ADDITIONAL", message.additional());
        if (lookup.shows("stats")) {
            stats(text, lookup, reply, server);
        }
        self.print(text.toString());
    }

    private static void section(StringBuilder text, DigOptions.Lookup lookup, String shown, String title, List<DnsRecord> records) {
        if (!lookup.shows(shown) || records.isEmpty()) {
            return;
        }
        text.append(lookup.shows("comments") ? ";; " + title + " SECTION:\n" : "");
        records.forEach(record -> text.append(DnsText.record(record, !lookup.has("nottlid"))).append('\n'));
        text.append(lookup.shows("comments") ? "\n" : "");
    }

    private void stats(StringBuilder text, DigOptions.Lookup lookup, DnsExchange.Reply reply, int server) {
        LocalDateTime now = LocalDateTime.ofEpochSecond(CalendarTime.seconds(self.now()), 0, ZoneOffset.UTC);
        text.append(";; Query time: ").append(millis(reply)).append(" msec\n;; SERVER: ").append(Ipv4.text(server)).append('#')
                .append(lookup.port()).append('(').append(lookup.server().isEmpty() ? Ipv4.text(server) : lookup.server()).append(") (")
                .append(lookup.has("tcp") ? "TCP" : "UDP").append(")\n;; WHEN: ").append(WHEN.format(now)).append("\n;; MSG SIZE  rcvd: ")
                .append(reply.size()).append("\n\n");
    }

    private static long millis(DnsExchange.Reply reply) {
        return reply.time() / 1_000_000L;
    }
}
