package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.VlanTag;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** One VLAN of the device below: tags what it sends, and takes what is tagged so ({@code net/8021q/vlan_dev.c}). */
public final class Vlan extends UpperDevice {
    private final int protocol;
    private final int id;
    private boolean reorderHeader = true;
    private boolean looseBinding;
    private boolean macOfLower;

    Vlan(NetworkNamespace namespace, String name, long mac, boolean macOfLower, NetDevice lower, int protocol, int id) {
        super(namespace, name, mac, lower);
        this.macOfLower = macOfLower;
        this.protocol = protocol;
        this.id = id;
    }

    @Override
    public String kind() {
        return "vlan";
    }

    /** {@link VlanTag#CUSTOMER} or {@link VlanTag#SERVICE}. */
    public int protocol() {
        return protocol;
    }

    public int id() {
        return id;
    }

    /** {@code reorder_hdr}: what it receives shows no tag; always so here. */
    public boolean reordersHeader() {
        return reorderHeader;
    }

    public void setReorderHeader(boolean on) {
        reorderHeader = on;
    }

    /** {@code loose_binding}: it does not go up and down with the device below. */
    public boolean isLooselyBound() {
        return looseBinding;
    }

    public void setLooseBinding(boolean on) {
        looseBinding = on;
    }

    @Override
    public int minMtu() {
        return 0;
    }

    @Override
    void checkMtu(int mtu) throws KernelException {
        if (mtu > lower().mtu()) {
            throw new KernelException(Errno.ERANGE);
        }
    }

    @Override
    void opening() throws KernelException {
        if (!lower().isUp() && !looseBinding) {
            throw new KernelException(Errno.ENETDOWN);
        }
    }

    @Override
    void openChanged() {
        if (mac() != lower().mac()) {
            lower().filterUnicast(mac(), isUp());
        }
    }

    /** {@code vlan_device_event}: up and down with the device below. */
    @Override
    void lowerOpenChanged() throws KernelException {
        if (!looseBinding && lower().isUp()) {
            namespace().devices().setUp(this);
        } else if (!looseBinding) {
            namespace().devices().setDown(this);
        }
    }

    @Override
    void lowerMtuChanged() {
        if (mtu() > lower().mtu()) {
            setMtu(lower().mtu());
        }
    }

    /** {@code vlan_dev_inherit_address}: one that never got an address of its own follows. */
    @Override
    void lowerMacChanged() {
        if (macOfLower) {
            super.setMac(lower().mac());
        }
    }

    @Override
    public void setMac(long mac) {
        macOfLower = false;
        super.setMac(mac);
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "tagged as VLAN " + id + ", down to " + lower().name()),
                Outcome.CONTINUES);
        sendBelow(packet, frame.tagged(protocol, id));
    }

    /** Takes a frame with its tag off the device below ({@code vlan_do_receive}). */
    void receiveTagged(PacketBuffer packet, EthernetFrame frame) {
        receiveFromBelow(packet, frame.untagged(),
                new Decision.Because(() -> "up from " + lower().name() + ", where it was tagged as VLAN " + id));
    }
}
