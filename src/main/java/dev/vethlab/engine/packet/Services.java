package dev.vethlab.engine.packet;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ports in {@code /etc/services} of Debian. */
public final class Services {
    private static final Map<String, Integer> TCP = new TreeMap<>();
    private static final Map<String, Integer> UDP = new TreeMap<>();
    private static final Map<Integer, String> TCP_NAMES = new TreeMap<>();
    private static final Map<Integer, String> UDP_NAMES = new TreeMap<>();

    static {
        String both = """
                echo 7 discard 9 daytime 13 chargen 19 time 37 tacacs 49 domain 53 kerberos 88 sunrpc 111 snmp 161 snmptrap 162
                cmip-man 163 cmip-agent 164 rpc2portmap 369 codaauth2 370 ldap 389 svrloc 427 https 443 kpasswd 464 rtsp 554 ldp 646
                gdomap 538 ldaps 636 tinc 655 domain-s 853 openvpn 1194 sightline 1645 sa-msg-port 1646 radius 1812 radius-acct 1813
                nfs 2049 gnunet 2086 venus 2430 venus-se 2431 codasrv 2432 codasrv-se 2433 mon 2583 isns 3205 nut 3493 sip 5060 sips
                5061 coap 5683 coaps 5684 gnutella-svc 6346 gnutella-rtr 6347 kerberos4 750 kerberos-master 751""";
        String tcp = """
                tcpmux 1 systat 11 netstat 15 qotd 17 ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 whois 43 gopher 70 finger 79 http 80
                iso-tsap 102 acr-nema 104 pop3 110 auth 113 nntp 119 epmap 135 netbios-ssn 139 imap 143 mailq 174 bgp 179 smux 199
                qmtp 209 z39-50 210 pawserv 345 zserv 346 snpp 444 microsoft-ds 445 submissions 465 saft 487 nqs 607 qmqp 628 ipp 631
                exec 512 login 513 shell 514 printer 515 uucp 540 klogin 543 kshell 544 afpovertcp 548 nntps 563 submission 587 silc
                706 kerberos-adm 749 rsync 873 ftps-data 989 ftps 990 telnets 992 imaps 993 pop3s 995 socks 1080 proofd 1093 rootd
                1094 rmiregistry 1099 lotusnote 1352 ms-sql-s 1433 ingreslock 1524 kermit 1649 groupwise 1677 cisco-sccp 2000
                rtcm-sc104 2101 gsigatekeeper 2119 gris 2135 cvspserver 2401 dict 2628 f5-globalsite 2792 gsiftp 2811 gpsd 2947 gds-db
                3050 iscsi-target 3260 mysql 3306 ms-wbt-server 3389 distcc 3632 daap 3689 svn 3690 suucp 4031 sysrqd 4094 sieve 4190
                epmd 4369 remctl 4373 f5-iquery 4353 ntske 4460 mtn 4691 radmin-port 4899 xmpp-client 5222 xmpp-server 5269 cfengine
                5308 postgresql 5432 freeciv 5556 amqps 5671 amqp 5672 x11 6000 x11-1 6001 x11-2 6002 x11-3 6003 x11-4 6004 x11-5 6005
                x11-6 6006 x11-7 6007 redis 6379 sge-qmaster 6444 sge-execd 6445 mysql-proxy 6446 ircs-u 6697 bbs 7000 font-service
                7100 http-alt 8080 puppet 8140 bacula-dir 9101 bacula-fd 9102 bacula-sd 9103 xmms2 9667 nbd 10809 zabbix-agent 10050
                zabbix-trapper 10051 amanda 10080 dicom 11112 hkp 11371 db-lsp 17500 dcap 22125 gsidcap 22128 wnn6 22273 krb-prop 754
                iprop 2121 supfilesrv 871 supfiledbg 1127 poppassd 106 moira-db 775 moira-update 777 spamd 783 skkserv 1178 xtel 1313
                xtelw 1314 zebrasrv 2600 zebra 2601 ripd 2602 ripngd 2603 ospfd 2604 bgpd 2605 ospf6d 2606 ospfapi 2607 isisd 2608 fax
                4557 hylafax 4559 munin 4949 nrpe 5666 nsca 5667 canna 5680 syslog-tls 6514 sane-port 6566 ircd 6667 zope-ftp 8021
                tproxy 8081 omniorb 8088 clc-build-daemon 8990 xinetd 9098 git 9418 zope 9673 webmin 10000 kamanda 10081 amandaidx
                10082 amidxtape 10083 binkp 24554 csync2 30865 dircproxy 57000 tfido 60177 fido 60179""";
        String udp = """
                fsp 21 bootps 67 bootpc 68 tftp 69 ntp 123 netbios-ns 137 netbios-dgm 138 xdmcp 177 ipx 213 ptp-event 319 ptp-general
                320 clearcase 371 isakmp 500 asf-rmcp 623 biff 512 who 513 syslog 514 talk 517 ntalk 518 route 520 dhcpv6-client 546
                dhcpv6-server 547 ms-sql-m 1434 l2f 1701 icpv2 3130 ipsec-nat-t 4500 iax 4569 mdns 5353 babel 6696 afs3-fileserver
                7000 afs3-callback 7001 afs3-prserver 7002 afs3-vlserver 7003 afs3-kaserver 7004 afs3-volser 7005 afs3-bos 7007
                afs3-update 7008 afs3-rmtsys 7009 passwd-server 752 zephyr-srv 2102 zephyr-clt 2103 zephyr-hm 2104 moira-ureg 779
                predict 1210 rplay 5555""";
        add(both, TCP, TCP_NAMES);
        add(both, UDP, UDP_NAMES);
        add(tcp, TCP, TCP_NAMES);
        add(udp, UDP, UDP_NAMES);
        String tcpAliases = """
                sink 9 null 9 users 11 quote 17 ttytst 19 source 19 mail 25 timserver 37 nicname 43 www 80 kerberos5 88 krb5 88
                kerberos-sec 88 tsap 102 pop-3 110 portmapper 111 authentication 113 tap 113 ident 113 readnews 119 untp 119 loc-srv
                135 imap2 143 snmp-trap 162 z3950 210 wais 210 ssmtp 465 smtps 465 urd 465 cmd 514 syslog 514 spooler 515 uucpd 540
                krcmd 544 snntp 563 lotusnotes 1352 old-radius 1645 old-radacct 1646 radacct 1813 gds_db 3050 subversion 3690 sip-tls
                5061 jabber-client 5222 jabber-server 5269 postgres 5432 rptp 5556 x11-0 6000 sge_qmaster 6444 sge_execd 6445 xfs 7100
                webcache 8080 kerberos-iv 750 kdc 750 krb_prop 754 krb5_prop 754 hprop 754 moira_db 775 moira_update 777 lrrd 4949
                sane 6566 saned 6566""";
        String udpAliases = """
                sink 9 null 9 ttytst 19 source 19 fspd 21 timserver 37 kerberos5 88 krb5 88 kerberos-sec 88 portmapper 111 snmp-trap
                162 Clearcase 371 comsat 512 whod 513 router 520 routed 520 old-radius 1645 old-radacct 1646 l2tp 1701 radacct 1813
                icp 3130 sip-tls 5061 kerberos-iv 750 kdc 750 kerberos_master 751 passwd_server 752 moira_ureg 779""";
        add(tcpAliases, TCP, new TreeMap<>());
        add(udpAliases, UDP, new TreeMap<>());
    }

    private Services() {}

    private static void add(String text, Map<String, Integer> ports, Map<Integer, String> names) {
        String[] words = text.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            ports.put(words[i], Integer.parseInt(words[i + 1]));
            names.putIfAbsent(Integer.parseInt(words[i + 1]), words[i]);
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
