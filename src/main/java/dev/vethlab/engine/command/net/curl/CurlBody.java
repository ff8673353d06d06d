package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request sends.
 *
 * @param type its {@code Content-Type}; empty for none
 */
record CurlBody(Bytes content, String type) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int BOUNDARY_LENGTH = 22;

    /** The body that the options ask for; null for none. @throws CurlFailure if a file cannot be read */
    static @Nullable CurlBody of(EmulatedProcess self, CurlOptions options, CurlOptions.FileReader files) throws CurlFailure {
        if (options.given("upload-file")) {
            try {
                return new CurlBody(files.read(options.value("upload-file")), "");
            } catch (CurlFailure e) {
                self.error("curl: cannot open '" + options.value("upload-file") + "'" + CurlOptions.HINT);
                throw new CurlFailure(CurlFailure.READ_ERROR, "Failed to open/read local data from file/application");
            }
        }
        if (!options.form.isEmpty()) {
            return form(options.form, files, boundary(self));
        }
        Bytes data = options.data;
        return data == null || options.has("get") ? null
                : new CurlBody(data, "application/x-www-form-urlencoded");
    }

    private static String boundary(EmulatedProcess self) {
        var random = self.simulation().random("curl");
        var text = new StringBuilder("-".repeat(24));
        for (int i = 0; i < BOUNDARY_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** {@code multipart/form-data} (RFC 7578) of parts {@code name=value}, {@code name=@file} or {@code name=<file}. */
    private static CurlBody form(List<String> parts, CurlOptions.FileReader files, String boundary) throws CurlFailure {
        Bytes content = Bytes.EMPTY;
        for (String part : parts) {
            content = content.concat(Bytes.of("--" + boundary + "\r\n")).concat(part(part, files)).concat(Bytes.of("\r\n"));
        }
        return new CurlBody(content.concat(Bytes.of("--" + boundary + "--\r\n")), "multipart/form-data; boundary=" + boundary);
    }

    private static Bytes part(String part, CurlOptions.FileReader files) throws CurlFailure {
        int equals = part.indexOf('=');
        String name = part.substring(0, equals);
        String value = part.substring(equals + 1);
        boolean file = value.startsWith("@");
        boolean fromFile = file || value.startsWith("<");
        String[] settings = value.split(";");
        String type = file ? type(settings[0]) : "";
        String filename = file ? settings[0].substring(settings[0].lastIndexOf('/') + 1).replaceFirst("^@", "") : "";
        String plain = settings[0];
        for (int i = 1; i < settings.length; i++) {
            if (settings[i].strip().startsWith("type=")) {
                type = settings[i].strip().substring(5);
            } else if (settings[i].strip().startsWith("filename=")) {
                filename = settings[i].strip().substring(9);
            } else {
                plain += ";" + settings[i];
            }
        }
        Bytes content;
        try {
            content = fromFile ? files.read(settings[0].substring(1)) : Bytes.of(plain);
        } catch (CurlFailure e) {
            throw new CurlFailure(CurlFailure.READ_ERROR, "Failed to open/read local data from file/application");
        }
        String head = "Content-Disposition: form-data; name=\"" + name + "\"" + (filename.isEmpty() ? "" : "; filename=\"" + filename + "\"")
                + "\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n";
        return Bytes.of(head).concat(content);
    }

    /** By the name's ending ({@code Curl_mime_contenttype}). */
    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "gif" -> "image/gif";
            case "jpg", "jpeg" -> "image/jpeg";
            case "png" -> "image/png";
            case "svg" -> "image/svg+xml";
            case "txt" -> "text/plain";
            case "htm", "html" -> "text/html";
            case "pdf" -> "application/pdf";
            case "xml" -> "application/xml";
            default -> "application/octet-stream";
        };
    }
}
