package dev.vethlab.engine.packet;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The well-known ports in {@code /etc/services} of a usual installation. */
public final class Services {
    private static final Map<String, Integer> TCP = new TreeMap<>();
    private static final Map<String, Integer> UDP = new TreeMap<>();
    private static final Map<Integer, String> TCP_NAMES = new TreeMap<>();
    private static final Map<Integer, String> UDP_NAMES = new TreeMap<>();

    static {
        String both = "echo 7 discard 9 daytime 13 chargen 19 time 37 domain 53 kerberos 88 sunrpc 111 snmp 161 snmptrap 162 ldap 389 "
                + "https 443 kpasswd 464 rtsp 554 ldaps 636 domain-s 853 openvpn 1194 radius 1812 radius-acct 1813 nfs 2049 sip 5060";
        String tcp = "tcpmux 1 systat 11 netstat 15 qotd 17 ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 whois 43 tacacs 49 gopher 70 "
                + "finger 79 http 80 iso-tsap 102 pop3 110 auth 113 nntp 119 epmap 135 netbios-ssn 139 imap 143 bgp 179 "
                + "microsoft-ds 445 submissions 465 exec 512 login 513 shell 514 printer 515 nntps 563 submission 587 ipp 631 ldp 646 "
                + "rsync 873 ftps-data 989 ftps 990 telnets 992 imaps 993 pop3s 995 socks 1080 rmiregistry 1099 ms-sql-s 1433 "
                + "cisco-sccp 2000 iscsi-target 3260 mysql 3306 ms-wbt-server 3389 svn 3690 epmd 4369 sips 5061 xmpp-client 5222 "
                + "xmpp-server 5269 postgresql 5432 amqps 5671 amqp 5672 x11 6000 x11-1 6001 redis 6379 ircd 6667 bbs 7000 http-alt 8080 "
                + "tproxy 8081 omniorb 8088 bacula-dir 9101 git 9418 webmin 10000 zabbix-agent 10050 zabbix-trapper 10051";
        String udp = "bootps 67 bootpc 68 tftp 69 ntp 123 netbios-ns 137 netbios-dgm 138 isakmp 500 syslog 514 route 520 "
                + "dhcpv6-client 546 dhcpv6-server 547 asf-rmcp 623 ms-sql-m 1434 l2f 1701 ipsec-nat-t 4500 mdns 5353 rplay 5555";
        add(both, TCP, TCP_NAMES);
        add(both, UDP, UDP_NAMES);
        add(tcp, TCP, TCP_NAMES);
        add(udp, UDP, UDP_NAMES);
        TCP.put("www", 80);
        TCP.put("mail", 25);
        TCP.put("pop-3", 110);
        TCP.put("imap2", 143);
        TCP.put("postgres", 5432);
        TCP.put("webcache", 8080);
    }

    private Services() {}

    private static void add(String text, Map<String, Integer> ports, Map<Integer, String> names) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            ports.put(words[i], Integer.parseInt(words[i + 1]));
            names.put(Integer.parseInt(words[i + 1]), words[i]);
        }
    }

    /** The name of a port of TCP or UDP; null if it has none. */
    public static @Nullable String name(int protocol, int port) {
        return (protocol == IpProtocol.UDP ? UDP_NAMES : TCP_NAMES).get(port);
    }

    /** The port of a service by TCP, else by UDP; -1 if there is none such ({@code getservbyname(name, NULL)}). */
    public static int port(String name) {
        Integer port = TCP.get(name);
        if (port == null) {
            port = UDP.get(name);
        }
        return port == null ? -1 : port;
    }

    /** All of them as the file {@code /etc/services}. */
    public static String file() {
        var text = new StringBuilder();
        TCP_NAMES.forEach((port, name) -> line(text, name, port, "tcp", TCP));
        UDP_NAMES.forEach((port, name) -> line(text, name, port, "udp", UDP));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, int port, String protocol, Map<String, Integer> ports) {
        text.append(name).append('\t').append(port).append('/').append(protocol);
        ports.forEach((alias, number) -> text.append(number == port && !alias.equals(name) ? "\t" + alias : ""));
        text.append('\n');
    }
}
