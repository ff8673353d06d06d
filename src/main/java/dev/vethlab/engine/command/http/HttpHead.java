package dev.vethlab.engine.command.http;

import dev.vethlab.engine.packet.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes before a message's body (RFC 9112 §2): a start line and fields.
 *
 * @param start the request line or status line
 * @param fields in the order and spelling they came in
 */
public record HttpHead(String start, List<Field> fields) {
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern STATUS = Pattern.compile("\\d{3}");

    /** One header field. */
    public record Field(String name, String value) {}

    /** The index behind the first line; -1 if it is not complete. */
    public static int lineEnd(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.get(i) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Where the head ends in {@code bytes}: the index behind the empty line; -1 if it is not complete. */
    public static int end(Bytes bytes) {
        for (int i = 0; i + 1 < bytes.length(); i++) {
            if (bytes.get(i) == '\n') {
                if (bytes.get(i + 1) == '\n') {
                    return i + 2;
                }
                if (i + 2 < bytes.length() && bytes.get(i + 1) == '\r' && bytes.get(i + 2) == '\n') {
                    return i + 3;
                }
            }
        }
        return -1;
    }

    /** Reads a complete head; lines without a colon are left out. */
    public static HttpHead parse(Bytes bytes) {
        String[] lines = LINE_END.split(bytes.text());
        var fields = new ArrayList<Field>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.add(new Field(lines[i].substring(0, colon).strip(), lines[i].substring(colon + 1).strip()));
            }
        }
        return new HttpHead(lines.length == 0 ? "" : lines[0], List.copyOf(fields));
    }

    /** The first field of this name, in any case of letters. */
    public @Nullable String field(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** The length of the body that it announces; -1 if it does not. */
    public long contentLength() {
        String text = field("Content-Length");
        boolean number = text != null && !text.isEmpty() && text.length() < 16 && text.chars().allMatch(Character::isDigit);
        return number ? Long.parseLong(text) : -1;
    }

    public boolean isChunked() {
        String coding = field("Transfer-Encoding");
        return coding != null && coding.toLowerCase(java.util.Locale.ROOT).contains("chunked");
    }

    /** Word {@code index} of the start line; empty if there are fewer. */
    public String word(int index) {
        String[] words = SPACES.split(start, 3);
        return index < words.length ? words[index] : "";
    }

    /** The number in a status line; 0 if there is none. */
    public int status() {
        String word = word(1);
        return STATUS.matcher(word).matches() ? Integer.parseInt(word) : 0;
    }
}
