package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /etc/resolv.conf} (resolv.conf(5)).
 *
 * @param servers at most three
 * @param dots names with at least so many dots are tried as they are first
 * @param timeout seconds to wait for a server
 * @param attempts rounds through the servers
 */
public record ResolverConfiguration(List<Integer> servers, List<String> search, int dots, int timeout, int attempts) {
    private static final int MAX_SERVERS = 3;

    /** The file as the process sees it; without one, a server on this machine is asked. */
    public static ResolverConfiguration read(EmulatedProcess self) {
        try {
            return parse(self.context().files().readAll(self, "/etc/resolv.conf").text());
        } catch (KernelException e) {
            return parse("");
        }
    }

    public static ResolverConfiguration parse(String text) {
        var servers = new ArrayList<Integer>();
        List<String> search = List.of();
        int dots = 1;
        int timeout = 5;
        int attempts = 2;
        for (String line : text.split("\n")) {
            if (line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            String[] words = line.trim().split("\\s+");
            switch (words[0]) {
                case "nameserver" -> {
                    if (words.length > 1 && servers.size() < MAX_SERVERS) {
                        Ipv4.parse(words[1]).ifPresent(servers::add);
                    }
                }
                case "search", "domain" -> search = List.of(words).subList(1, words.length);
                case "options" -> {
                    for (String option : words) {
                        dots = option.startsWith("ndots:") ? number(option, dots, 15) : dots;
                        timeout = option.startsWith("timeout:") ? number(option, timeout, 30) : timeout;
                        attempts = option.startsWith("attempts:") ? number(option, attempts, 5) : attempts;
                    }
                }
                default -> {}
            }
        }
        if (servers.isEmpty()) {
            servers.add(Ipv4.LOOPBACK);
        }
        return new ResolverConfiguration(List.copyOf(servers), List.copyOf(search), dots, timeout, attempts);
    }

    private static int number(String option, int otherwise, int limit) {
        String digits = option.substring(option.indexOf(':') + 1);
        boolean number = !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(Character::isDigit);
        return number ? Math.min(Integer.parseInt(digits), limit) : otherwise;
    }

    /** The names to ask for, in order. */
    List<String> candidates(String host) {
        if (host.endsWith(".")) {
            return List.of(host.substring(0, host.length() - 1));
        }
        var names = new ArrayList<String>();
        boolean asIsFirst = host.chars().filter(c -> c == '.').count() >= dots;
        if (asIsFirst) {
            names.add(host);
        }
        search.forEach(domain -> names.add(host + "." + domain));
        if (!asIsFirst) {
            names.add(host);
        }
        return names;
    }
}
