package dev.vethlab.engine.command.ip;

/** What {@code ip … help} prints. */
final class Usage {
    static final String IP = """
            Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
                   ip [ -force ] -batch filename
            where  OBJECT := { address | addrlabel | fou | help | ila | ioam | l2tp | link |
                               macsec | maddress | monitor | mptcp | mroute | mrule |
                               neighbor | neighbour | netconf | netns | nexthop | ntable |
                               ntbl | route | rule | sr | stats | tap | tcpmetrics |
                               token | tunnel | tuntap | vrf | xfrm }
                   OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[esolve] |
                                -h[uman-readable] | -iec | -j[son] | -p[retty] |
                                -f[amily] { inet | inet6 | mpls | bridge | link } |
                                -4 | -6 | -M | -B | -0 |
                                -l[oops] { maximum-addr-flush-attempts } | -echo | -br[ief] |
                                -o[neline] | -t[imestamp] | -ts[hort] | -b[atch] [filename] |
                                -rc[vbuf] [size] | -n[etns] name | -N[umeric] | -a[ll] |
                                -c[olor]}""";

    static final String LINK = """
            Usage: ip link add [link DEV | parentdev NAME] [ name ] NAME
            \t\t    [ txqueuelen PACKETS ]
            \t\t    [ address LLADDR ]
            \t\t    [ broadcast LLADDR ]
            \t\t    [ mtu MTU ] [index IDX ]
            \t\t    [ numtxqueues QUEUE_COUNT ]
            \t\t    [ numrxqueues QUEUE_COUNT ]
            \t\t    [ netns { PID | NETNSNAME | NETNSFILE } ]
            \t\t    type TYPE [ ARGS ]

            \tip link delete { DEVICE | dev DEVICE | group DEVGROUP } type TYPE [ ARGS ]

            \tip link { set | change } { DEVICE | dev DEVICE | group DEVGROUP }
            \t\t\t[ { up | down } ]
            \t\t\t[ type TYPE ARGS ]
            \t\t[ arp { on | off } ]
            \t\t[ dynamic { on | off } ]
            \t\t[ multicast { on | off } ]
            \t\t[ allmulticast { on | off } ]
            \t\t[ promisc { on | off } ]
            \t\t[ trailers { on | off } ]
            \t\t[ carrier { on | off } ]
            \t\t[ txqueuelen PACKETS ]
            \t\t[ name NEWNAME ]
            \t\t[ address LLADDR ]
            \t\t[ broadcast LLADDR ]
            \t\t[ mtu MTU ]
            \t\t[ netns { PID | NETNSNAME | NETNSFILE } ]
            \t\t[ link-netns NAME | link-netnsid ID ]
            \t\t[ alias NAME ]
            \t\t[ vf NUM [ mac LLADDR ]
            \t\t\t [ vlan VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ] ]
            \t\t\t [ rate TXRATE ]
            \t\t\t [ max_tx_rate TXRATE ]
            \t\t\t [ min_tx_rate TXRATE ]
            \t\t\t [ spoofchk { on | off} ]
            \t\t\t [ query_rss { on | off} ]
            \t\t\t [ state { auto | enable | disable} ]
            \t\t\t [ trust { on | off} ]
            \t\t\t [ node_guid EUI64 ]
            \t\t\t [ port_guid EUI64 ] ]
            \t\t[ { xdp | xdpgeneric | xdpdrv | xdpoffload } { off |
            \t\t\t  object FILE [ { section | program } NAME ] [ verbose ] |
            \t\t\t  pinned FILE } ]
            \t\t[ master DEVICE ][ vrf NAME ]
            \t\t[ nomaster ]
            \t\t[ addrgenmode { eui64 | none | stable_secret | random } ]
            \t\t[ inet [ { forwarding | proxy_arp | accept_redirects |
            \t\t\t   secure_redirects | send_redirects | shared_media |
            \t\t\t   accept_source_route | bootp_relay | log_martians |
            \t\t\t   arp_filter | disable_xfrm | disable_policy |
            \t\t\t   promote_secondaries | arp_notify | accept_local |
            \t\t\t   src_vmark | proxy_arp_pvlan | route_localnet |
            \t\t\t   bc_forwarding | ignore_routes_with_linkdown |
            \t\t\t   drop_unicast_in_l2_multicast |
            \t\t\t   drop_gratuitous_arp | arp_evict_nocarrier } { on | off } ]
            \t\t       [ rp_filter { 0 | 1 | 2 } ]
            \t\t       [ arp_announce { 0 | 1 | 2 } ]
            \t\t       [ arp_ignore { 0 | 1 | ... | 8 } ]
            \t\t       [ arp_accept { 0 | 1 | 2 } ]
            \t\t       [ force_igmp_version { 0 | 1 | 2 | 3 } ]
            \t\t       [ tag TAG ] [ medium_id ID ]
            \t\t       [ igmpv2_unsolicited_report_interval INTERVAL ]
            \t\t       [ igmpv3_unsolicited_report_interval INTERVAL ] ]
            \t\t[ protodown { on | off } ]
            \t\t[ protodown_reason PREASON { on | off } ]
            \t\t[ gso_max_size BYTES ] [ gso_ipv4_max_size BYTES ] [ gso_max_segs PACKETS ]
            \t\t[ gro_max_size BYTES ] [ gro_ipv4_max_size BYTES ]

            \tip link show [ DEVICE | group GROUP ] [ { up | down } ] [master DEV] [vrf NAME]
            \t\t[type TYPE] [nomaster] [ novf ]

            \tip link xstats type TYPE [ ARGS ]

            \tip link afstats [ dev DEVICE ]
            \tip link property add dev DEVICE [ altname NAME .. ]
            \tip link property del dev DEVICE [ altname NAME .. ]

            \tip link help [ TYPE ]

            TYPE := { amt | bareudp | bond | bond_slave | bridge | bridge_slave |
                      dsa | dummy | erspan | geneve | gre | gretap | gtp | hsr |
                      ifb | ip6erspan | ip6gre | ip6gretap | ip6tnl |
                      ipip | ipoib | ipvlan | ipvtap |
                      macsec | macvlan | macvtap | netdevsim |
                      netkit | nlmon | pfcp | rmnet | sit | team | team_slave |
                      vcan | veth | vlan | vrf | vti | vxcan | vxlan | wwan |
                      xfrm | virt_wifi }""";

    static final String ADDRESS = """
            Usage: ip address {add|change|replace} IFADDR dev IFNAME [ LIFETIME ]
                                                                  [ CONFFLAG-LIST ]
                   ip address del IFADDR dev IFNAME [mngtmpaddr]
                   ip address {save|flush} [ dev IFNAME ] [ scope SCOPE-ID ] [ to PREFIX ]
                                        [ FLAG-LIST ] [ label LABEL ] [ { up | down } ]
                   ip address [ show [ dev IFNAME ] [ scope SCOPE-ID ] [ master DEVICE ]
                                     [ nomaster ]
                                     [ type TYPE ] [ to PREFIX ] [ FLAG-LIST ]
                                     [ label LABEL ] [ { up | down } ] [ vrf NAME ]
                                     [ proto ADDRPROTO ] ]
                   ip address {showdump|restore}
            IFADDR := PREFIX | ADDR peer PREFIX
                      [ broadcast ADDR ] [ anycast ADDR ]
                      [ label IFNAME ] [ scope SCOPE-ID ] [ metric METRIC ]
                      [ proto ADDRPROTO ]
            SCOPE-ID := [ host | link | global | NUMBER ]
            FLAG-LIST := [ FLAG-LIST ] FLAG
            FLAG  := [ permanent | dynamic | secondary | primary |
                       [-]tentative | [-]deprecated | [-]dadfailed | temporary |
                       CONFFLAG-LIST ]
            CONFFLAG-LIST := [ CONFFLAG-LIST ] CONFFLAG
            CONFFLAG  := [ home | nodad | mngtmpaddr | noprefixroute | autojoin ]
            LIFETIME := [ valid_lft LFT ] [ preferred_lft LFT ]
            LFT := forever | SECONDS
            ADDRPROTO := [ NAME | NUMBER ]
            TYPE := { amt | bareudp | bond | bond_slave | bridge | bridge_slave |
                      dsa | dummy | erspan | geneve | gre | gretap | gtp | hsr |
                      ifb | ip6erspan | ip6gre | ip6gretap | ip6tnl |
                      ipip | ipoib | ipvlan | ipvtap |
                      macsec | macvlan | macvtap | netdevsim |
                      netkit | nlmon | pfcp | rmnet | sit | team | team_slave |
                      vcan | veth | vlan | vrf | vti | vxcan | vxlan | wwan |
                      xfrm | virt_wifi }""";

    static final String ROUTE = """
            Usage: ip route { list | flush } SELECTOR
                   ip route save SELECTOR
                   ip route restore
                   ip route showdump
                   ip route get [ ROUTE_GET_FLAGS ] [ to ] ADDRESS
                                        [ from ADDRESS iif STRING ]
                                        [ oif STRING ] [ tos TOS ]
                                        [ mark NUMBER ] [ vrf NAME ]
                                        [ uid NUMBER ] [ ipproto PROTOCOL ]
                                        [ sport NUMBER ] [ dport NUMBER ]
                                        [ as ADDRESS ] [ flowlabel FLOWLABEL ]
                   ip route { add | del | change | append | replace } ROUTE
            SELECTOR := [ root PREFIX ] [ match PREFIX ] [ exact PREFIX ]
                        [ table TABLE_ID ] [ vrf NAME ] [ proto RTPROTO ]
                        [ type TYPE ] [ scope SCOPE ]
            ROUTE := NODE_SPEC [ INFO_SPEC ]
            NODE_SPEC := [ TYPE ] PREFIX [ tos TOS ]
                         [ table TABLE_ID ] [ proto RTPROTO ]
                         [ scope SCOPE ] [ metric METRIC ]
                         [ ttl-propagate { enabled | disabled } ]
            INFO_SPEC := { NH | nhid ID } OPTIONS FLAGS [ nexthop NH ]...
            NH := [ encap ENCAPTYPE ENCAPHDR ] [ via [ FAMILY ] ADDRESS ]
                  [ dev STRING ] [ weight NUMBER ] NHFLAGS
            FAMILY := [ inet | inet6 | mpls | bridge | link ]
            OPTIONS := FLAGS [ mtu NUMBER ] [ advmss NUMBER ] [ as [ to ] ADDRESS ]
                       [ rtt TIME ] [ rttvar TIME ] [ reordering NUMBER ]
                       [ window NUMBER ] [ cwnd NUMBER ] [ initcwnd NUMBER ]
                       [ ssthresh NUMBER ] [ realms REALM ] [ src ADDRESS ]
                       [ rto_min TIME ] [ hoplimit NUMBER ] [ initrwnd NUMBER ]
                       [ features FEATURES ] [ quickack BOOL ] [ congctl NAME ]
                       [ pref PREF ] [ expires TIME ] [ fastopen_no_cookie BOOL ]
            TYPE := { unicast | local | broadcast | multicast | throw |
                      unreachable | prohibit | blackhole | nat }
            TABLE_ID := [ local | main | default | all | NUMBER ]
            SCOPE := [ host | link | global | NUMBER ]
            NHFLAGS := [ onlink | pervasive ]
            RTPROTO := [ kernel | boot | static | NUMBER ]
            PREF := [ low | medium | high ]
            TIME := NUMBER[s|ms]
            BOOL := [1|0]
            FEATURES := ecn
            ENCAPTYPE := [ mpls | ip | ip6 | seg6 | seg6local | rpl | ioam6 | xfrm ]
            ENCAPHDR := [ MPLSLABEL | SEG6HDR | SEG6LOCAL | IOAM6HDR | XFRMINFO ]
            SEG6HDR := [ mode SEGMODE ] segs ADDR1,ADDRi,ADDRn [hmac HMACKEYID] [cleanup]
            SEGMODE := [ encap | encap.red | inline | l2encap | l2encap.red ]
            SEG6LOCAL := action ACTION [ OPTIONS ] [ count ]
            ACTION := { End | End.X | End.T | End.DX2 | End.DX6 | End.DX4 |
                        End.DT6 | End.DT4 | End.DT46 | End.B6 | End.B6.Encaps |
                        End.BM | End.S | End.AS | End.AM | End.BPF }
            OPTIONS := OPTION [ OPTIONS ]
            OPTION := { flavors FLAVORS | srh SEG6HDR | nh4 ADDR | nh6 ADDR | iif DEV | oif DEV |
                        table TABLEID | vrftable TABLEID | endpoint PROGNAME }
            FLAVORS := { FLAVOR[,FLAVOR] }
            FLAVOR := { psp | usp | usd | next-csid }
            IOAM6HDR := trace prealloc type IOAM6_TRACE_TYPE ns IOAM6_NAMESPACE size IOAM6_TRACE_SIZE
            XFRMINFO := if_id IF_ID [ link_dev LINK ]
            ROUTE_GET_FLAGS := ROUTE_GET_FLAG [ ROUTE_GET_FLAGS ]
            ROUTE_GET_FLAG := [ connected | fibmatch | notify ]""";

    static final String RULE = """
            Usage: ip rule { add | del } SELECTOR ACTION
                   ip rule { flush | save | restore }
                   ip rule [ list [ SELECTOR ]]
            SELECTOR := [ not ] [ from PREFIX ] [ to PREFIX ] [ tos TOS ]
                        [ fwmark FWMARK[/MASK] ]
                        [ iif STRING ] [ oif STRING ] [ pref NUMBER ] [ l3mdev ]
                        [ uidrange NUMBER-NUMBER ]
                        [ ipproto PROTOCOL ]
                        [ sport [ NUMBER[/MASK] | NUMBER-NUMBER ]
                        [ dport [ NUMBER[/MASK] | NUMBER-NUMBER ] ]
                        [ dscp DSCP[/MASK] ] [ flowlabel FLOWLABEL[/MASK] ]
            ACTION := [ table TABLE_ID ]
                      [ protocol PROTO ]
                      [ nat ADDRESS ]
                      [ realms [SRCREALM/]DSTREALM ]
                      [ goto NUMBER ]
                      SUPPRESSOR
            SUPPRESSOR := [ suppress_prefixlength NUMBER ]
                          [ suppress_ifgroup DEVGROUP ]
            TABLE_ID := [ local | main | default | NUMBER ]""";

    static final String NEIGHBOUR = """
            Usage: ip neigh { add | del | change | replace }
                            { ADDR [ lladdr LLADDR ] [ nud STATE ] proxy ADDR }
                            [ dev DEV ] [ router ] [ use ] [ managed ] [ extern_learn ]
                            [ extern_valid ] [ protocol PROTO ]

            \tip neigh { show | flush } [ proxy ] [ to PREFIX ] [ dev DEV ] [ nud STATE ]
            \t\t\t\t  [ vrf NAME ] [ nomaster ]
            \tip neigh get { ADDR | proxy ADDR } dev DEV

            STATE := { delay | failed | incomplete | noarp | none |
                       permanent | probe | reachable | stale }""";

    static final String NETNS = """
            Usage:\tip netns list
            \tip netns add NAME
            \tip netns attach NAME PID
            \tip netns set NAME NETNSID
            \tip [-all] netns delete [NAME]
            \tip netns identify [PID]
            \tip netns pids NAME
            \tip [-all] netns exec [NAME] cmd ...
            \tip netns monitor
            \tip netns list-id [target-nsid POSITIVE-INT] [nsid POSITIVE-INT]
            NETNSID := auto | POSITIVE-INT""";

    static final String BRIDGE = """
            Usage: ... bridge [ fdb_flush ]
            \t\t  [ forward_delay FORWARD_DELAY ]
            \t\t  [ hello_time HELLO_TIME ]
            \t\t  [ max_age MAX_AGE ]
            \t\t  [ ageing_time AGEING_TIME ]
            \t\t  [ stp_state STP_STATE ]
            \t\t  [ stp_mode STP_MODE ]
            \t\t  [ mst_enabled MST_ENABLED ]
            \t\t  [ priority PRIORITY ]
            \t\t  [ group_fwd_mask MASK ]
            \t\t  [ group_address ADDRESS ]
            \t\t  [ no_linklocal_learn NO_LINKLOCAL_LEARN ]
            \t\t  [ fdb_local_vlan_0 FDB_LOCAL_VLAN_0 ]
            \t\t  [ fdb_max_learned FDB_MAX_LEARNED ]
            \t\t  [ vlan_filtering VLAN_FILTERING ]
            \t\t  [ vlan_protocol VLAN_PROTOCOL ]
            \t\t  [ vlan_default_pvid VLAN_DEFAULT_PVID ]
            \t\t  [ vlan_stats_enabled VLAN_STATS_ENABLED ]
            \t\t  [ vlan_stats_per_port VLAN_STATS_PER_PORT ]
            \t\t  [ mcast_snooping MULTICAST_SNOOPING ]
            \t\t  [ mcast_vlan_snooping MULTICAST_VLAN_SNOOPING ]
            \t\t  [ mcast_router MULTICAST_ROUTER ]
            \t\t  [ mcast_query_use_ifaddr MCAST_QUERY_USE_IFADDR ]
            \t\t  [ mcast_querier MULTICAST_QUERIER ]
            \t\t  [ mcast_hash_elasticity HASH_ELASTICITY ]
            \t\t  [ mcast_hash_max HASH_MAX ]
            \t\t  [ mcast_last_member_count LAST_MEMBER_COUNT ]
            \t\t  [ mcast_startup_query_count STARTUP_QUERY_COUNT ]
            \t\t  [ mcast_last_member_interval LAST_MEMBER_INTERVAL ]
            \t\t  [ mcast_membership_interval MEMBERSHIP_INTERVAL ]
            \t\t  [ mcast_querier_interval QUERIER_INTERVAL ]
            \t\t  [ mcast_query_interval QUERY_INTERVAL ]
            \t\t  [ mcast_query_response_interval QUERY_RESPONSE_INTERVAL ]
            \t\t  [ mcast_startup_query_interval STARTUP_QUERY_INTERVAL ]
            \t\t  [ mcast_stats_enabled MCAST_STATS_ENABLED ]
            \t\t  [ mcast_igmp_version IGMP_VERSION ]
            \t\t  [ mcast_mld_version MLD_VERSION ]
            \t\t  [ nf_call_iptables NF_CALL_IPTABLES ]
            \t\t  [ nf_call_ip6tables NF_CALL_IP6TABLES ]
            \t\t  [ nf_call_arptables NF_CALL_ARPTABLES ]
            \t\t  [ mdb_offload_fail_notification MDB_OFFLOAD_FAIL_NOTIFICATION ]

            Where: VLAN_PROTOCOL := { 802.1Q | 802.1ad }
                   STP_MODE := { auto | user | kernel }""";

    private Usage() {}
}
