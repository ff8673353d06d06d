package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;

/** {@code split}: a file in pieces, by lines, by bytes or by their number. */
final class Split {
    private static final String HINT = "Try 'split --help' for more information.";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int LINES = 1000;
    private static final int WIDTH = 2;

    private final EmulatedProcess self;
    private final Getopt options;

    private Split(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
    }

    static int main(EmulatedProcess self) {
        List<String> argv = new ArrayList<>(self.arguments());
        // -NUMBER is an old spelling of -l NUMBER
        argv.replaceAll(word -> word.matches("-\\d+") ? "-l" + word.substring(1) : word);
        Getopt options = Getopt.parse(argv, "a:b:C:del:n:t:ux", "suffix-length:=a", "bytes:=b", "line-bytes:=C", "numeric-suffixes::=d",
                "hex-suffixes::=x", "elide-empty-files=e", "lines:=l", "number:=n", "separator:=t", "unbuffered=u", "additional-suffix:",
                "filter:", "verbose", "version", "help");
        if (options.error() != null) {
            self.error(options.error() + "\n" + HINT);
            return 1;
        }
        if (options.has("version")) {
            self.println("split (GNU coreutils) 9.10");
            return 0;
        }
        if (options.has("help") || options.has("filter") || options.has("C")) {
            return Unsupported.answer(self, "split --filter, -C and its help are not emulated");
        }
        return new Split(self, options).run();
    }

    private int refuse(String what) {
        self.error("split: " + what);
        return 1;
    }

    private int run() {
        if (options.operands().size() > 2) {
            return refuse("extra operand " + Gnu.quote(self, options.operands().get(2)) + "\n" + HINT);
        }
        if (List.of("l", "b", "n").stream().filter(options::has).count() > 1) {
            return refuse("cannot split in more than one way\n" + HINT);
        }
        String kind = options.has("b") ? "bytes" : options.has("n") ? "chunks" : "lines";
        String given = options.value(kind.equals("bytes") ? "b" : kind.equals("chunks") ? "n" : "l");
        if (kind.equals("chunks") && given != null && given.contains("/")) {
            return Unsupported.answer(self, "split -n " + given + " is not emulated");
        }
        long size = given == null ? LINES : size(given);
        if (size <= 0) {
            return refuse("invalid number of " + kind + ": " + Gnu.quote(self, String.valueOf(given)));
        }
        String input = options.operands().isEmpty() ? "-" : options.operands().getFirst();
        Bytes content;
        try {
            content = input.equals("-") ? LineReader.standardInput(self) : self.context().files().readAll(self, input);
        } catch (KernelException e) {
            return refuse("cannot open '" + input + "' for reading: " + e.errno().message());
        }
        return write(kind.equals("lines") ? lines(content, size) : kind.equals("bytes") ? pieces(content, size) : chunks(content, (int) size));
    }

    private static long size(String text) {
        String digits = text.replaceFirst("(?:[kKMG]i?B?|b)$", "");
        if (!digits.matches("\\d{1,9}")) {
            return 0;
        }
        String unit = text.substring(digits.length());
        long factor = unit.isEmpty() ? 1 : unit.equals("b") ? 512 : unit.endsWith("B") && !unit.contains("i") ? 1000 : 1024;
        int power = unit.startsWith("M") ? 2 : unit.startsWith("G") ? 3 : 1;
        return Long.parseLong(digits) * (unit.equals("b") ? factor : (long) Math.pow(factor, power));
    }

    private List<Bytes> lines(Bytes content, long most) {
        String separator = options.value("t");
        int end = separator == null || separator.isEmpty() ? '\n' : separator.equals("\\0") ? 0 : separator.charAt(0);
        List<Bytes> pieces = new ArrayList<>();
        int from = 0;
        long lines = 0;
        for (int at = 0; at < content.length(); at++) {
            if (content.get(at) == end && ++lines == most) {
                pieces.add(content.slice(from, at + 1));
                from = at + 1;
                lines = 0;
            }
        }
        if (from < content.length()) {
            pieces.add(content.slice(from));
        }
        return pieces;
    }

    private static List<Bytes> pieces(Bytes content, long size) {
        List<Bytes> pieces = new ArrayList<>();
        for (int at = 0; at < content.length(); at += (int) Math.min(size, content.length())) {
            pieces.add(content.slice(at, (int) Math.min(at + size, content.length())));
        }
        return pieces;
    }

    /** As many as asked for, the first ones a byte longer if it does not come out even. */
    private List<Bytes> chunks(Bytes content, int count) {
        List<Bytes> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count && pieces.size() <= content.length() + LINES; i++) {
            int length = content.length() / count + (i < content.length() % count ? 1 : 0);
            if (length > 0 || !options.has("e")) {
                pieces.add(content.slice(at, at + length));
            }
            at += length;
        }
        return pieces;
    }

    private int write(List<Bytes> pieces) {
        String prefix = options.operands().size() > 1 ? options.operands().get(1) : "x";
        String more = options.value("additional-suffix");
        for (int i = 0; i < pieces.size(); i++) {
            String suffix = suffix(i);
            if (suffix.isEmpty()) {
                return refuse("output file suffixes exhausted");
            }
            String path = prefix + suffix + (more == null ? "" : more);
            if (options.has("verbose")) {
                self.println("creating file '" + path + "'");
            }
            try {
                OpenFile file = self.context().files().open(self, path, OpenMode.WRITE);
                file.retain();
                file.write(self, pieces.get(i));
                file.release();
            } catch (KernelException e) {
                return refuse(path + ": " + e.errno().message());
            }
        }
        return 0;
    }

    /** The end of a file's name; empty if there are no more of that length. Of no given length they grow in time. */
    private String suffix(int index) {
        String digits = options.has("x") ? "0123456789abcdef" : options.has("d") ? "0123456789" : LETTERS;
        String from = options.value("d") == null || options.value("d").isEmpty() ? options.value("x") : options.value("d");
        int number = index + (from != null && from.matches("\\d{1,6}") ? Integer.parseInt(from) : 0);
        String given = options.value("a");
        int width = given != null && given.matches("\\d{1,2}") ? Integer.parseInt(given) : 0;
        if (width > 0) {
            String suffix = text(number, width, digits);
            return suffix.length() > width ? "" : suffix;
        }
        var widened = new StringBuilder();
        int left = number;
        int letters = WIDTH;
        int room = (digits.length() - 1) * digits.length();
        while (left >= room) {
            left -= room;
            room *= digits.length();
            letters++;
            widened.append(digits.charAt(digits.length() - 1));
        }
        return widened + text(left, letters, digits);
    }

    private static String text(int number, int width, String digits) {
        var text = new StringBuilder();
        for (int rest = number; rest > 0 || text.length() < width; rest /= digits.length()) {
            text.insert(0, digits.charAt(rest % digits.length()));
        }
        return text.toString();
    }
}
