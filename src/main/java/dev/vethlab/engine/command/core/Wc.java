package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;

/** {@code wc}. */
final class Wc {
    /** Lines, words, characters, bytes, longest line; and the name of the file. */
    private record Counts(long[] values, String name) {}

    private Wc() {}

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "clmwL", "bytes=c", "chars=m", "lines=l", "words=w", "max-line-length=L");
        if (options == null) {
            return 1;
        }
        String order = "lwmcL";
        var chosen = new ArrayList<Integer>();
        for (int i = 0; i < order.length(); i++) {
            if (options.has(order.substring(i, i + 1))) {
                chosen.add(i);
            }
        }
        if (chosen.isEmpty()) {
            chosen.addAll(List.of(0, 1, 3));
        }
        List<String> names = options.operands().isEmpty() ? List.of("") : options.operands();
        var results = new ArrayList<Counts>();
        int status = 0;
        long total = 0;
        for (String name : names) {
            try {
                Counts counts = count(self, name);
                results.add(counts);
                total += counts.values[3];
            } catch (KernelException e) {
                Gnu.complain(self, name, e);
                status = 1;
                if (e.errno() == dev.vethlab.engine.kernel.Errno.EISDIR) {
                    results.add(new Counts(new long[5], name));
                }
            }
        }
        if (names.size() > 1) {
            long[] sum = new long[5];
            for (Counts counts : results) {
                for (int i = 0; i < 4; i++) {
                    sum[i] += counts.values[i];
                }
                sum[4] = Math.max(sum[4], counts.values[4]);
            }
            results.add(new Counts(sum, "total"));
        }
        boolean fromInput = names.contains("") || names.contains("-");
        int width = names.size() == 1 && chosen.size() == 1 ? 1 : fromInput && names.size() == 1 ? 7 : Long.toString(total).length();
        for (Counts counts : results) {
            var line = new StringBuilder();
            for (int column : chosen) {
                line.append(line.isEmpty() ? "" : " ").append(Cat.pad(counts.values[column], width));
            }
            self.println(line + (counts.name.isEmpty() ? "" : " " + counts.name));
        }
        return status;
    }

    private static Counts count(EmulatedProcess self, String name) throws KernelException {
        boolean input = name.isEmpty() || name.equals("-");
        OpenFile file = input ? self.descriptor(0) : self.context().files().open(self, name, OpenMode.READ);
        file.retain();
        long[] values = new long[5];
        boolean inWord = false;
        long column = 0;
        for (Bytes part = file.read(self, 65536); !part.isEmpty(); part = file.read(self, 65536)) {
            values[3] += part.length();
            for (int i = 0; i < part.length(); i++) {
                int c = part.get(i);
                boolean blank = c == ' ' || c >= '\t' && c <= '\r';
                if (!blank && !inWord) {
                    values[1]++;
                }
                inWord = !blank;
                if ((c & 0xC0) != 0x80) {
                    values[2]++;
                    column++;
                }
                if (c == '\n') {
                    values[0]++;
                    column = 0;
                }
                values[4] = Math.max(values[4], column);
            }
        }
        file.release();
        return new Counts(values, name);
    }
}
