package dev.vethlab.engine.command.ip;

/** What {@code ip link help KIND} prints. */
final class KindUsage {
    static final String BRIDGE_SLAVE = """
            Usage: ... bridge_slave [ fdb_flush ]
            \t\t\t[ state STATE ]
            \t\t\t[ priority PRIO ]
            \t\t\t[ cost COST ]
            \t\t\t[ guard {on | off} ]
            \t\t\t[ hairpin {on | off} ]
            \t\t\t[ fastleave {on | off} ]
            \t\t\t[ root_block {on | off} ]
            \t\t\t[ learning {on | off} ]
            \t\t\t[ flood {on | off} ]
            \t\t\t[ proxy_arp {on | off} ]
            \t\t\t[ proxy_arp_wifi {on | off} ]
            \t\t\t[ mcast_router MULTICAST_ROUTER ]
            \t\t\t[ mcast_fast_leave {on | off} ]
            \t\t\t[ mcast_flood {on | off} ]
            \t\t\t[ bcast_flood {on | off} ]
            \t\t\t[ mcast_to_unicast {on | off} ]
            \t\t\t[ group_fwd_mask MASK ]
            \t\t\t[ neigh_suppress {on | off} ]
            \t\t\t[ neigh_vlan_suppress {on | off} ]
            \t\t\t[ neigh_forward_grat {on | off} ]
            \t\t\t[ vlan_tunnel {on | off} ]
            \t\t\t[ isolated {on | off} ]
            \t\t\t[ locked {on | off} ]
            \t\t\t[ mab {on | off} ]
            \t\t\t[ backup_port DEVICE ] [ nobackup_port ]
            \t\t\t[ backup_nhid NHID ]""";

    static final String VLAN = """
            Usage: ... vlan id VLANID
            \t\t[ protocol VLANPROTO ]
            \t\t[ reorder_hdr { on | off } ]
            \t\t[ gvrp { on | off } ]
            \t\t[ mvrp { on | off } ]
            \t\t[ loose_binding { on | off } ]
            \t\t[ bridge_binding { on | off } ]
            \t\t[ ingress-qos-map QOS-MAP ]
            \t\t[ egress-qos-map QOS-MAP ]

            VLANID := 0-4095
            VLANPROTO: [ 802.1Q | 802.1ad ]
            QOS-MAP := [ QOS-MAP ] QOS-MAPPING
            QOS-MAPPING := FROM:TO""";

    static final String MACVLAN = """
            Usage: ... macvlan mode MODE [flag MODE_FLAG] MODE_OPTS [bcqueuelen BC_QUEUE_LEN] [bclim BCLIM]

            MODE: private | vepa | bridge | passthru | source
            MODE_FLAG: null | nopromisc | nodst
            MODE_OPTS: for mode "source":
            \tmacaddr { { add | del } <macaddr> | set [ <macaddr> [ <macaddr>  ... ] ] | flush }
            BC_QUEUE_LEN: Length of the rx queue for broadcast/multicast: [0-4294967295]
            BCLIM: Threshold for broadcast queueing: 32-bit integer""";

    static final String IPVLAN = """
            Usage: ... ipvlan [ mode MODE ] [ FLAGS ]

            MODE: l3 | l3s | l2
            FLAGS: bridge | private | vepa
            (first values are the defaults if nothing is specified).""";

    static final String VXLAN = """
            Usage: ... vxlan id VNI
            \t\t[ { group | remote } IP_ADDRESS ]
            \t\t[ local ADDR ]
            \t\t[ ttl TTL ]
            \t\t[ tos TOS ]
            \t\t[ df DF ]
            \t\t[ flowlabel LABEL ]
            \t\t[ dev PHYS_DEV ]
            \t\t[ dstport PORT ]
            \t\t[ srcport MIN MAX ]
            \t\t[ reserved_bits VALUE ]
            \t\t[ [no]learning ]
            \t\t[ [no]proxy ]
            \t\t[ [no]rsc ]
            \t\t[ [no]l2miss ]
            \t\t[ [no]l3miss ]
            \t\t[ ageing SECONDS ]
            \t\t[ maxaddress NUMBER ]
            \t\t[ [no]udpcsum ]
            \t\t[ [no]udp6zerocsumtx ]
            \t\t[ [no]udp6zerocsumrx ]
            \t\t[ [no]remcsumtx ] [ [no]remcsumrx ]
            \t\t[ [no]localbypass ]
            \t\t[ [no]external ] [ gbp ] [ gpe ]
            \t\t[ [no]vnifilter ]
            \t\t[ [no]mcroute ]

            Where:	VNI	:= 0-16777215
            \tADDR	:= { IP_ADDRESS | any }
            \tTOS	:= { NUMBER | inherit }
            \tTTL	:= { 1..255 | auto | inherit }
            \tDF	:= { unset | set | inherit }
            \tLABEL := 0-1048575""";

    private KindUsage() {}
}
