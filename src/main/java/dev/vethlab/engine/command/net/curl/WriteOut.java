package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.command.http.HttpHead;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code -w}: text with variables about a transfer. */
final class WriteOut {
    private final EmulatedProcess self;
    private final @Nullable CurlTransfer transfer;
    private final String method;
    private final int redirects;
    private final int connects;
    private final @Nullable CurlFailure failure;
    private final String url;
    private final String fileName;
    private final int number;

    WriteOut(EmulatedProcess self, @Nullable CurlTransfer transfer, String method, int redirects, int connects,
            @Nullable CurlFailure failure,
            String url, String fileName, int number) {
        this.self = self;
        this.transfer = transfer;
        this.method = method;
        this.redirects = redirects;
        this.connects = connects;
        this.failure = failure;
        this.url = url;
        this.fileName = fileName;
        this.number = number;
    }

    void print(String format) {
        var out = new StringBuilder();
        boolean toError = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\' && i + 1 < format.length()) {
                char escape = format.charAt(++i);
                out.append(switch (escape) {
                    case 'n' -> "\n";
                    case 'r' -> "\r";
                    case 't' -> "\t";
                    default -> "\\" + escape;
                });
            } else if (c == '%' && i + 1 < format.length() && format.charAt(i + 1) == '%') {
                out.append('%');
                i++;
            } else if (c == '%' && i + 1 < format.length() && format.charAt(i + 1) == '{' && format.indexOf('}', i) > 0) {
                int close = format.indexOf('}', i);
                String name = format.substring(i + 2, close);
                i = close;
                if (name.equals("stderr") || name.equals("stdout")) {
                    flush(out, toError);
                    toError = name.equals("stderr");
                } else if (name.equals("onerror")) {
                    if (failure == null) {
                        break;
                    }
                } else {
                    variable(out, name);
                }
            } else {
                out.append(c);
            }
        }
        flush(out, toError);
    }

    private void flush(StringBuilder out, boolean toError) {
        self.descriptor(toError ? 2 : 1).write(self, dev.vethlab.engine.packet.Bytes.of(out.toString()));
        out.setLength(0);
    }

    private void variable(StringBuilder out, String name) {
        CurlTransfer t = transfer;
        HttpHead head = t == null ? null : t.head;
        switch (name) {
            case "http_code", "response_code" -> out.append(String.format(Locale.ROOT, "%03d", head == null ? 0 : head.status()));
            case "http_connect" -> out.append("000");
            case "http_version" -> out.append(head == null ? "0" : head.start().startsWith("HTTP/1.0") ? "1" : "1.1");
            case "content_type" -> out.append(field(head, "Content-Type"));
            case "remote_ip" -> out.append(t == null ? "" : t.remoteText());
            case "remote_port" -> out.append(t == null || t.remoteAddress == 0 ? 0 : t.url.port());
            case "local_ip" -> out.append(t == null || t.localAddress == 0 ? "" : Ipv4.text(t.localAddress));
            case "local_port" -> out.append(t == null ? 0 : t.localPort);
            case "size_download" -> out.append(t == null ? 0 : t.received);
            case "size_upload" -> out.append(t == null ? 0 : t.uploaded);
            case "size_header" -> out.append(t == null ? 0 : t.headerSize);
            case "size_request" -> out.append(t == null ? 0 : t.requestSize);
            case "num_connects" -> out.append(connects);
            case "num_redirects" -> out.append(redirects);
            case "num_headers" -> out.append(head == null ? 0 : head.fields().size());
            case "num_retries", "ssl_verify_result", "proxy_ssl_verify_result" -> out.append(0);
            case "url" -> out.append(url);
            case "url_effective" -> out.append(t == null ? url : t.url.text());
            case "urlnum" -> out.append(number);
            case "scheme" -> out.append(t == null ? "" : t.url.scheme());
            case "method" -> out.append(method);
            case "exitcode" -> out.append(failure == null ? 0 : failure.code);
            case "errormsg" -> out.append(failure == null ? "" : failure.text());
            case "filename_effective" -> out.append(fileName);
            case "redirect_url" -> out.append(redirectUrl(t, head));
            case "referer", "ftp_entry_path" -> {}
            case "header_json" -> headerJson(out, head);
            case "time_total" -> seconds(out, t == null ? 0 : t.end - t.begin);
            case "time_namelookup" -> seconds(out, since(t, t == null ? 0 : t.nameLookedUp));
            case "time_connect" -> seconds(out, since(t, t == null ? 0 : t.connected));
            case "time_pretransfer", "time_posttransfer" -> seconds(out, since(t, t == null ? 0 : t.connected));
            case "time_starttransfer" -> seconds(out, since(t, t == null ? 0 : t.firstByte));
            case "time_appconnect", "time_redirect", "time_queue" -> seconds(out, 0);
            case "speed_download" -> out.append(speed(t, t == null ? 0 : t.received));
            case "speed_upload" -> out.append(speed(t, t == null ? 0 : t.uploaded));
            default -> self.error("curl: unknown --write-out variable: '" + name + "'");
        }
    }

    private static long since(@Nullable CurlTransfer transfer, long time) {
        return transfer == null || time == 0 ? 0 : time - transfer.begin;
    }

    private static long speed(@Nullable CurlTransfer transfer, long bytes) {
        long took = transfer == null ? 0 : transfer.end - transfer.begin;
        return took <= 0 ? 0 : bytes * 1_000_000_000L / took;
    }

    private static void seconds(StringBuilder out, long nanos) {
        out.append(String.format(Locale.ROOT, "%d.%06d", nanos / 1_000_000_000L, nanos % 1_000_000_000L / 1000));
    }

    private static String field(@Nullable HttpHead head, String name) {
        String value = head == null ? null : head.field(name);
        return value == null ? "" : value;
    }

    private static String redirectUrl(@Nullable CurlTransfer transfer, @Nullable HttpHead head) {
        String location = field(head, "Location");
        try {
            return location.isEmpty() || transfer == null ? "" : transfer.url.resolve(location).text();
        } catch (CurlFailure e) {
            return "";
        }
    }

    private static void headerJson(StringBuilder out, @Nullable HttpHead head) {
        out.append('{');
        if (head != null) {
            for (int i = 0; i < head.fields().size(); i++) {
                HttpHead.Field field = head.fields().get(i);
                String value = field.value().replace("\\", "\\\\").replace("\"", "\\\"");
                out.append(i == 0 ? "" : ",\n").append('"').append(field.name().toLowerCase(Locale.ROOT)).append("\":[\"").append(value)
                        .append("\"]");
            }
        }
        out.append("\n}");
    }
}
