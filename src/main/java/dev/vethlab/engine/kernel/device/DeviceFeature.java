package dev.vethlab.engine.kernel.device;

import java.util.EnumSet;
import java.util.Set;

/** What a device can do to packets by itself, in the order of the kernel's bits ({@code netdev_features.h}). */
public enum DeviceFeature {
    SG("tx-scatter-gather"),
    IP_CSUM("tx-checksum-ipv4"),
    HW_CSUM("tx-checksum-ip-generic"),
    IPV6_CSUM("tx-checksum-ipv6"),
    HIGHDMA("highdma"),
    FRAGLIST("tx-scatter-gather-fraglist"),
    HW_VLAN_CTAG_TX("tx-vlan-hw-insert"),
    HW_VLAN_CTAG_RX("rx-vlan-hw-parse"),
    HW_VLAN_CTAG_FILTER("rx-vlan-filter"),
    VLAN_CHALLENGED("vlan-challenged"),
    GSO("tx-generic-segmentation"),
    GRO("rx-gro"),
    LRO("rx-lro"),
    TSO("tx-tcp-segmentation"),
    GSO_ROBUST("tx-gso-robust"),
    TSO_ECN("tx-tcp-ecn-segmentation"),
    TSO_MANGLEID("tx-tcp-mangleid-segmentation"),
    TSO6("tx-tcp6-segmentation"),
    FSO("tx-fcoe-segmentation"),
    GSO_GRE("tx-gre-segmentation"),
    GSO_GRE_CSUM("tx-gre-csum-segmentation"),
    GSO_IPXIP4("tx-ipxip4-segmentation"),
    GSO_IPXIP6("tx-ipxip6-segmentation"),
    GSO_UDP_TUNNEL("tx-udp_tnl-segmentation"),
    GSO_UDP_TUNNEL_CSUM("tx-udp_tnl-csum-segmentation"),
    GSO_PARTIAL("tx-gso-partial"),
    GSO_TUNNEL_REMCSUM("tx-tunnel-remcsum-segmentation"),
    GSO_SCTP("tx-sctp-segmentation"),
    GSO_ESP("tx-esp-segmentation"),
    GSO_UDP_L4("tx-udp-segmentation"),
    GSO_FRAGLIST("tx-gso-list"),
    GSO_ACCECN("tx-tcp-accecn-segmentation"),
    FCOE_CRC("tx-checksum-fcoe-crc"),
    SCTP_CRC("tx-checksum-sctp"),
    NTUPLE("rx-ntuple-filter"),
    RXHASH("rx-hashing"),
    RXCSUM("rx-checksum"),
    NOCACHE_COPY("tx-nocache-copy"),
    LOOPBACK("loopback"),
    RXFCS("rx-fcs"),
    RXALL("rx-all"),
    HW_VLAN_STAG_TX("tx-vlan-stag-hw-insert"),
    HW_VLAN_STAG_RX("rx-vlan-stag-hw-parse"),
    HW_VLAN_STAG_FILTER("rx-vlan-stag-filter"),
    HW_L2FW_DOFFLOAD("l2-fwd-offload"),
    HW_TC("hw-tc-offload"),
    HW_ESP("esp-hw-offload"),
    HW_ESP_TX_CSUM("esp-tx-csum-hw-offload"),
    RX_UDP_TUNNEL_PORT("rx-udp_tunnel-port-offload"),
    HW_TLS_TX("tls-hw-tx-offload"),
    HW_TLS_RX("tls-hw-rx-offload"),
    GRO_HW("rx-gro-hw"),
    HW_TLS_RECORD("tls-hw-record"),
    GRO_FRAGLIST("rx-gro-list"),
    HW_MACSEC("macsec-hw-offload"),
    GRO_UDP_FWD("rx-udp-gro-forwarding"),
    HW_HSR_TAG_INS("hsr-tag-ins-offload"),
    HW_HSR_TAG_RM("hsr-tag-rm-offload"),
    HW_HSR_FWD("hsr-fwd-offload"),
    HW_HSR_DUP("hsr-dup-offload");

    /** {@code NETIF_F_ALL_TSO}. */
    static final Set<DeviceFeature> ALL_TSO = EnumSet.of(TSO, TSO_ECN, TSO_MANGLEID, TSO6);

    /** {@code NETIF_F_GSO_SOFTWARE}: what the kernel cuts up itself where the device cannot. */
    static final Set<DeviceFeature> GSO_SOFTWARE =
            EnumSet.of(TSO, TSO_ECN, TSO_MANGLEID, TSO6, GSO_ACCECN, GSO_SCTP, GSO_UDP_L4, GSO_FRAGLIST);

    /** {@code NETIF_F_GSO_ENCAP_ALL}. */
    static final Set<DeviceFeature> GSO_ENCAP_ALL =
            EnumSet.of(GSO_GRE, GSO_GRE_CSUM, GSO_IPXIP4, GSO_IPXIP6, GSO_UDP_TUNNEL, GSO_UDP_TUNNEL_CSUM);

    private final String text;

    DeviceFeature(String text) {
        this.text = text;
    }

    /** Its name in {@code netdev_features_strings}. */
    public String text() {
        return text;
    }
}
