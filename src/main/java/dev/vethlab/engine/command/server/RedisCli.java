package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code redis-cli [-h HOST] [-p PORT] COMMAND…}, or commands line by line from standard input. */
final class RedisCli {
    private final EmulatedProcess self;
    private String host = "127.0.0.1";
    private int port = 6379;
    private Bytes input = Bytes.EMPTY;

    private RedisCli(EmulatedProcess self) {
        this.self = self;
    }

    static int main(EmulatedProcess self) {
        return new RedisCli(self).run();
    }

    private int run() {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        int at = 0;
        for (; at < words.size() && words.get(at).startsWith("-"); at++) {
            boolean takesValue = words.get(at).equals("-h") || words.get(at).equals("-p");
            if (takesValue && at + 1 == words.size()) {
                self.error("Unrecognized option or bad number of args for: '" + words.get(at) + "'");
                return 1;
            }
            String value = takesValue ? words.get(at + 1) : "";
            switch (words.get(at)) {
                case "-h" -> {
                    host = value;
                    at++;
                }
                case "-p" -> {
                    port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : port;
                    at++;
                }
                case "--raw", "--no-raw" -> {}
                case "--version", "-v" -> {
                    self.println("redis-cli 8.0.6");
                    return 0;
                }
                default -> {
                    return Unsupported.answer(self, "redis-cli: " + words.get(at) + " is not emulated");
                }
            }
        }
        List<String> command = words.subList(at, words.size());
        if (command.isEmpty() && self.descriptor(0).isTerminal()) {
            return Unsupported.answer(self, "redis-cli: its interactive mode is not emulated");
        }
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            if (!connect(socket)) {
                return 1;
            }
            boolean ok = command.isEmpty() ? lines(socket) : ask(socket, command);
            socket.close();
            return ok ? 0 : 1;
        } catch (KernelException e) {
            self.error("Could not connect to Redis at " + host + ":" + port + ": " + e.errno().message());
            return 1;
        }
    }

    private boolean connect(TcpSocket socket) {
        String why = switch (Resolver.lookup(self, host)) {
            case Resolver.NotFound failure -> failure.message();
            case Resolver.Found found -> {
                Errno error = SocketCalls.connect(self, socket, found.addresses().getFirst(), port, EmulatedProcess.FOREVER);
                yield error == null ? "" : error.message();
            }
        };
        if (!why.isEmpty()) {
            self.error("Could not connect to Redis at " + host + ":" + port + ": " + why);
        }
        return why.isEmpty();
    }

    private boolean lines(TcpSocket socket) {
        for (String line : LineReader.standardInput(self).text().split("\n")) {
            if (!line.isBlank() && !ask(socket, List.of(line.strip().split("\\s+")))) {
                return false;
            }
        }
        return true;
    }

    private boolean ask(TcpSocket socket, List<String> command) {
        var request = new StringBuilder("*" + command.size() + "\r\n");
        command.forEach(word -> request.append('$').append(Bytes.of(word).length()).append("\r\n").append(word).append("\r\n"));
        SocketCalls.write(self, socket, Bytes.of(request.toString()));
        List<String> answer = answer(socket);
        if (answer == null) {
            self.error("Error: Server closed the connection");
            return false;
        }
        answer.forEach(self::println);
        return true;
    }

    private @Nullable List<String> answer(TcpSocket socket) {
        String head = line(socket);
        if (head == null) {
            return null;
        }
        String rest = head.substring(1);
        var lines = new ArrayList<String>();
        switch (head.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(rest);
                if (length < 0) {
                    return List.of("");
                }
                while (input.length() < length + 2) {
                    if (!fill(socket)) {
                        return null;
                    }
                }
                lines.add(input.slice(0, length).text());
                input = input.slice(length + 2);
            }
            case '*' -> {
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    List<String> part = answer(socket);
                    if (part == null) {
                        return null;
                    }
                    lines.addAll(part);
                }
                if (lines.isEmpty()) {
                    lines.add("");
                }
            }
            case '-' -> {
                lines.add(rest);
                lines.add("");
            }
            default -> lines.add(rest);
        }
        return lines;
    }

    private @Nullable String line(TcpSocket socket) {
        while (true) {
            for (int i = 0; i + 1 < input.length(); i++) {
                if (input.get(i) == '\r' && input.get(i + 1) == '\n') {
                    String line = input.slice(0, i).text();
                    input = input.slice(i + 2);
                    return line.isEmpty() ? null : line;
                }
            }
            if (!fill(socket)) {
                return null;
            }
        }
    }

    private boolean fill(TcpSocket socket) {
        SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
        Bytes more = socket.read(65_536);
        input = input.concat(more);
        return !more.isEmpty();
    }
}
