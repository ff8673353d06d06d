package dev.vethlab.engine.command.net.tcpdump.print;

/** {@code print-resp.c}: what redis and its clients say to one another. */
final class RespPrinter {
    private RespPrinter() {}

    static void print(Printing out, Octets data) {
        out.print("RESP");
        try {
            for (int at = 0; at < data.length(); ) {
                at = value(out, data, at);
            }
        } catch (Octets.Truncated | NumberFormatException e) {
            out.print(" [|resp]");
        }
    }

    private static int value(Printing out, Octets data, int at) {
        int end = at;
        while (data.u8(end) != '\r') {
            end++;
        }
        String line = data.bytes().slice(at, end).text();
        int next = end + 2;
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '*' -> {
                int count = Integer.parseInt(rest);
                for (int i = 0; i < count; i++) {
                    next = value(out, data, next);
                }
                if (count <= 0) {
                    out.print(count == 0 ? " empty" : " null");
                }
            }
            case '$' -> {
                int size = Integer.parseInt(rest);
                if (size <= 0) {
                    out.print(size == 0 ? " empty" : " null");
                    return next + (size == 0 ? 2 : 0);
                }
                data.u8(next + size - 1);
                out.print(" \"" + data.bytes().slice(next, next + size).text() + "\"");
                return next + size + 2;
            }
            default -> out.print(" \"" + (line.matches("[-+:].*") ? rest : line) + "\"");
        }
        return next;
    }
}
