package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteMetrics;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.sim.WaitQueue;
import dev.vethlab.engine.trace.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket of any kind. Calls never block: a program waits on {@link #changed}, a server hangs up {@link #onChange}. Whoever opened it
 * closes it, at the latest when its process exits.
 */
public abstract class Socket {
    protected final NetworkNamespace namespace;
    private final WaitQueue changed;
    private final long inode;
    private SocketOwner owner;
    private final List<SocketOwner> heirs = new ArrayList<>();
    private AddressFamily family = AddressFamily.INET;
    private int localAddress;
    private int localPort;
    private int remoteAddress;
    private int remotePort;
    private @Nullable NetDevice device;
    private int mark;
    private int tos;
    private int ttl;
    private Ipv4Options headerOptions = Ipv4Options.NONE;
    private boolean reuseAddress;
    private boolean reusePort;
    private @Nullable Errno error;
    private boolean closed;

    protected Socket(NetworkNamespace namespace, SocketOwner owner) {
        this.namespace = namespace;
        this.owner = owner;
        this.inode = namespace.machine().nextInode();
        this.changed = new WaitQueue(namespace.kernel().simulation());
    }

    /** As {@code ss} would show it, for the trace. */
    public abstract String text();

    /** Its text as it is now, to be written when somebody reads it. */
    public Decision.Lazy snapshot() {
        return this::text;
    }

    /** Whether there is something to read, an end, or an error. */
    public abstract boolean canRead();

    /** Lets go of it: what that means on the wire is the protocol's. */
    public abstract void close();

    // ---- waiting ----

    /** Wakes whenever something about the socket changed. */
    public WaitQueue changed() {
        return changed;
    }

    /** Runs {@code callback} each time that something changed, until the socket is closed. */
    public void onChange(Runnable callback) {
        changed.add(new Runnable() {
            @Override
            public void run() {
                if (!closed) {
                    changed.add(this);
                    callback.run();
                }
            }
        });
    }

    // ---- names ----

    public NetworkNamespace namespace() {
        return namespace;
    }

    /** Its number among the files that have no name. */
    public long inode() {
        return inode;
    }

    public SocketOwner owner() {
        return owner;
    }

    /** Hands it to another process or descriptor, as accept and inheritance do. */
    public void setOwner(SocketOwner owner) {
        this.owner = owner;
    }

    /** A child process was born with it open; {@link #owner()} keeps it, too. */
    public void inheritedBy(SocketOwner heir) {
        heirs.add(heir);
    }

    /** The process that inherited it has closed it. */
    public void droppedBy(int pid) {
        heirs.removeIf(heir -> heir.pid() == pid);
    }

    /** All that have it open, the eldest first. */
    public List<SocketOwner> holders() {
        List<SocketOwner> holders = new ArrayList<>(List.of(owner));
        holders.addAll(heirs);
        return holders;
    }

    public AddressFamily family() {
        return family;
    }

    /** Only before it is bound. */
    public void setFamily(AddressFamily family) {
        this.family = family;
    }

    /** 0 for any. */
    public int localAddress() {
        return localAddress;
    }

    /** 0 while not bound. */
    public int localPort() {
        return localPort;
    }

    /** 0 while not connected. */
    public int remoteAddress() {
        return remoteAddress;
    }

    public int remotePort() {
        return remotePort;
    }

    protected void setLocal(int address, int port) {
        localAddress = address;
        localPort = port;
    }

    protected void setRemote(int address, int port) {
        remoteAddress = address;
        remotePort = port;
    }

    // ---- options ----

    /** {@code SO_BINDTODEVICE}. */
    public @Nullable NetDevice device() {
        return device;
    }

    public void bindToDevice(@Nullable NetDevice device) {
        this.device = device;
    }

    /** {@code SO_MARK}. */
    public int mark() {
        return mark;
    }

    public void setMark(int mark) {
        this.mark = mark;
    }

    /** What a packet to there asks the routing tables ({@code flowi4_init_output}). */
    protected Flow flow(int address, int from, int protocol, int port) {
        return new Flow(address, from, null, device, mark, tos, protocol, localPort, port, owner.uid());
    }

    /** {@code IP_TOS}. */
    public int tos() {
        return tos;
    }

    public void setTos(int tos) {
        this.tos = tos;
    }

    /** {@code IP_TTL}; the sysctl's unless set. */
    public int ttl() {
        return ttl > 0 ? ttl : namespace.sysctls().number("net.ipv4.ip_default_ttl");
    }

    /** The same by a way whose route may name another than the sysctl's ({@code ip_select_ttl}). */
    int ttl(RouteResult.Found way) {
        int ofRoute = way.metrics().get(RouteMetrics.Kind.HOPLIMIT);
        return ttl > 0 || ofRoute == 0 ? ttl() : ofRoute;
    }

    public void setTtl(int ttl) {
        this.ttl = ttl;
    }

    /** {@code IP_OPTIONS}: what each packet's header bears. */
    public Ipv4Options headerOptions() {
        return headerOptions;
    }

    public void setHeaderOptions(Ipv4Options options) {
        headerOptions = options;
    }

    public boolean reusesAddress() {
        return reuseAddress;
    }

    /** {@code SO_REUSEADDR}. */
    public void setReuseAddress(boolean reuse) {
        reuseAddress = reuse;
    }

    public boolean reusesPort() {
        return reusePort;
    }

    /** {@code SO_REUSEPORT}: shares its address with all others that say so, listening or not. */
    public void setReusePort(boolean reuse) {
        reusePort = reuse;
    }

    // ---- errors and end ----

    /** The pending error, which is forgotten by asking ({@code SO_ERROR}); null if there is none. */
    public @Nullable Errno takeError() {
        Errno taken = error;
        error = null;
        return taken;
    }

    public boolean hasError() {
        return error != null;
    }

    protected void fail(Errno errno) {
        error = errno;
        changed.wakeAll();
    }

    public boolean isClosed() {
        return closed;
    }

    protected void markClosed() {
        closed = true;
        changed.wakeAll();
    }

    /** {@code 0.0.0.0:80}, as the trace shows an end. */
    protected static String end(int address, int port) {
        return Ipv4.text(address) + ":" + (port == 0 ? "*" : Integer.toString(port));
    }

    /**
     * Whether what it sends is cut here if it turns out too long for its way, though it bears DF ({@code skb->ignore_df}): so it is
     * unless the program asked for path MTU discovery itself.
     */
    public boolean mayBeFragmented() {
        return false;
    }

    /** Whether what it sends may be as long as the device takes, whatever is known of the path ({@code IP_PMTUDISC_PROBE}). */
    public boolean ignoresPathMtu() {
        return false;
    }
}
