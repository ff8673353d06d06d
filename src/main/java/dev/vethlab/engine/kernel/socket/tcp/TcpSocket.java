package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.socket.IcmpErrors;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection, as a program holds it. What comes in is {@link TcpInput}'s, what goes out {@link TcpOutput}'s; both work
 * on the {@link TcpControlBlock}.
 *
 * <p>A program's way: {@link #connect}, wait until it is no longer {@link #isConnecting}, {@link #takeError}; then {@link #write},
 * {@link #read}, {@link #shutdown}, {@link #close}. After close the kernel alone finishes the conversation.
 */
public final class TcpSocket extends Socket {
    final TcpProtocol protocol;
    final TcpControlBlock block = new TcpControlBlock();
    final TcpTimers timers;
    final TcpOutput output;
    final TcpRetransmission retransmission;
    final ReceiveQueue received = new ReceiveQueue();
    final SelectiveAcks selectiveAcks = new SelectiveAcks();
    private final TcpInput input;
    private @Nullable TcpListener listener;
    private @Nullable TcpTuple tuple;
    private boolean noDelay;
    private long lastReceived;

    TcpSocket(NetworkNamespace namespace, SocketOwner owner, TcpProtocol protocol) {
        super(namespace, owner);
        this.protocol = protocol;
        this.timers = new TcpTimers(namespace.kernel().simulation());
        this.output = new TcpOutput(this);
        this.retransmission = new TcpRetransmission(this);
        this.input = new TcpInput(this);
    }

    // ---- opening ----

    /** Takes a local address and port; 0 for any. @throws KernelException EINVAL if bound already, EADDRINUSE, EADDRNOTAVAIL */
    public void bind(int address, int port) throws KernelException {
        if (localPort() != 0) {
            throw new KernelException(Errno.EINVAL);
        }
        setLocal(address, protocol.ports().reserve(this, address, port, TcpProtocol::mayShare));
    }

    /**
     * Begins to connect ({@code tcp_v4_connect}). Success or failure shows later, as a change.
     *
     * @throws KernelException ENETUNREACH and the like, EADDRNOTAVAIL if no port is left, EISCONN
     */
    public void connect(int address, int port) throws KernelException {
        if (block.state != TcpState.CLOSED || isClosed()) {
            throw new KernelException(block.state == TcpState.SYN_SENT ? Errno.EALREADY : Errno.EISCONN);
        }
        int target = address == Ipv4.ANY ? Ipv4.LOOPBACK : address;
        RouteResult way = namespace.routing().output(flow(target, localAddress(), IpProtocol.TCP, port));
        RouteResult.Found found = switch (way) {
            case RouteResult.Failed failed -> throw new KernelException(failed.error());
            case RouteResult.Found f -> f;
        };
        switch (found.type()) {
            case BROADCAST, MULTICAST -> throw new KernelException(Errno.ENETUNREACH);
            case UNICAST, LOCAL -> {}
            case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> throw new IllegalStateException("a route that leads nowhere was found");
        }
        int source = localAddress() != Ipv4.ANY ? localAddress() : found.source();
        protocol.register(this, source, target, port);
        output.sendFirstSyn(found);
    }

    /** What its packets ask the routing tables. */
    Flow flow() {
        return flow(remoteAddress(), localAddress(), IpProtocol.TCP, remotePort());
    }

    /** Where it is: who it is in the table from now on. */
    void name(TcpTuple names) {
        tuple = names;
        setLocal(names.localAddress(), names.localPort());
        setRemote(names.remoteAddress(), names.remotePort());
    }

    @Nullable TcpTuple tuple() {
        return tuple;
    }

    /** A listener's child in the making. */
    void belongsTo(TcpListener parent) {
        listener = parent;
    }

    @Nullable TcpListener listener() {
        return listener;
    }

    // ---- state ----

    public TcpState state() {
        return block.state;
    }

    public boolean isConnecting() {
        return block.state == TcpState.SYN_SENT || block.state == TcpState.SYN_RECEIVED;
    }

    /** Connected, at least in one direction. */
    public boolean isConnected() {
        return block.state.isSynchronized();
    }

    /** {@code TCP_NODELAY}: small segments do not wait for acknowledgements (Nagle off). */
    public void setNoDelay(boolean noDelay) {
        this.noDelay = noDelay;
        output.push();
    }

    boolean noDelay() {
        return noDelay;
    }

    /** Bytes that wait to be read ({@code Recv-Q}). */
    public int receiveQueue() {
        return received.size();
    }

    /** Bytes not yet acknowledged ({@code Send-Q}). */
    public int sendQueue() {
        return output.unacknowledged();
    }

    /** Segments sent again so far. */
    public long retransmissions() {
        return block.retransmissions;
    }

    /** Bytes that may be under way ({@code tcpi_snd_cwnd} of {@code tcpi_snd_mss}). */
    public long congestionWindow() {
        return (long) block.congestionWindow * block.peerMss;
    }

    /** Whether something that was written has not left yet: the window is full, or Nagle's algorithm holds it back. */
    public boolean hasUnsentData() {
        return output.hasUnsent();
    }

    /** Nanoseconds; 0 before the first measurement. */
    public long roundTripTime() {
        return timers.roundTripTime();
    }

    /** What {@code ss -o} shows; null while no timer runs. */
    public @Nullable RunningTimer runningTimer() {
        if (timers.isEnding()) {
            return new RunningTimer("timewait", timers.endIn(), 0);
        }
        if (timers.isRetransmissionPending()) {
            return retransmission.isProbing()
                    ? new RunningTimer("persist", timers.retransmissionIn(), retransmission.probes())
                    : new RunningTimer("on", timers.retransmissionIn(), timers.expiries());
        }
        return null;
    }

    /** A timer as {@code ss -o} prints it; nanoseconds. */
    public record RunningTimer(String name, long remaining, int retransmissions) {}

    // ---- data ----

    /** Whether data, the end of data, or an error can be had without waiting. */
    @Override
    public boolean canRead() {
        return received.size() > 0 || atEnd() || hasError();
    }

    /** Whether all data was read and the peer has sent its FIN, or the connection is gone. */
    public boolean atEnd() {
        return received.size() == 0 && (block.finReceived || (!block.state.isSynchronized() && !isConnecting()) || isClosed());
    }

    /** Up to {@code limit} bytes of what came in; empty if there is none (yet: see {@link #atEnd}). */
    public Bytes read(int limit) {
        Bytes data = received.read(limit);
        if (!data.isEmpty()) {
            input.wasRead();
        }
        return data;
    }

    /** What {@link #read} would give, left there ({@code MSG_PEEK}). */
    public Bytes peek(int limit) {
        return received.peek(limit);
    }

    /** Whether {@link #write} would take at least one byte. */
    public boolean canWrite() {
        return block.state.maySend() && !block.finQueued && output.room() > 0;
    }

    /** Takes as much of {@code data} as there is room for; returns how many bytes, or -1 if nothing can be sent any more (EPIPE). */
    public int write(Bytes data) {
        if (!block.state.maySend() || block.finQueued) {
            return -1;
        }
        return output.append(data);
    }

    /** Sends no more: FIN follows what was written ({@code shutdown(SHUT_WR)}). */
    public void shutdown() {
        if (!block.finQueued && (block.state.maySend() || block.state == TcpState.SYN_RECEIVED)) {
            block.finQueued = true;
            block.state = block.state == TcpState.CLOSE_WAIT ? TcpState.LAST_ACK : TcpState.FIN_WAIT_1;
            output.push();
            changed().wakeAll();
        }
    }

    /** Lets go of it: FIN, or RST if data was left unread ({@code tcp_close}, RFC 2525 §2.17). */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        markClosed();
        switch (block.state) {
            case SYN_SENT -> {
                // given up by its program, which is no failed attempt to the kernel (tcp_close)
                block.state = TcpState.CLOSED;
                finish();
            }
            case CLOSED, LISTEN -> finish();
            case SYN_RECEIVED -> abort();
            case ESTABLISHED, CLOSE_WAIT -> {
                if (received.size() > 0) {
                    abort();
                } else {
                    shutdown();
                }
            }
            case FIN_WAIT_2 -> input.orphanedInFinWait2();
            case FIN_WAIT_1, CLOSING, LAST_ACK, TIME_WAIT -> {}
        }
    }

    /** Ends it with a RST. */
    public void abort() {
        if (block.state != TcpState.TIME_WAIT && (block.state.isSynchronized() || block.state == TcpState.SYN_RECEIVED)) {
            output.sendReset();
        }
        finish();
    }

    /** An administrator ends it: both sides hear of it ({@code tcp_abort}). */
    public void kill() {
        fail(Errno.ECONNABORTED);
        abort();
    }

    /** The namespace is gone. */
    void vanish() {
        timers.stopAll();
        block.state = TcpState.CLOSED;
        markClosed();
    }

    // ---- for the protocol ----

    /** It is over: out of the table, timers off. */
    void finish() {
        timers.stopAll();
        output.clear();
        countEnd();
        block.state = TcpState.CLOSED;
        protocol.forget(this);
        changed().wakeAll();
    }

    /** {@code tcp_set_state}. */
    private void countEnd() {
        switch (block.state) {
            case SYN_SENT, SYN_RECEIVED -> namespace.counters().count(Counter.TCP_ATTEMPT_FAILS);
            case ESTABLISHED, CLOSE_WAIT -> namespace.counters().count(Counter.TCP_RESETS);
            case CLOSED, LISTEN, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT -> {}
        }
    }

    /** It is over, and the program hears why. */
    void finish(Errno why) {
        finish();
        fail(why);
    }

    /** Why a segment is not for this connection, or null if it is. */
    @Nullable DropReason refuses(TcpSegment segment) {
        return input.refuses(segment);
    }

    void receive(PacketBuffer packet, TcpSegment segment) {
        lastReceived = packet.id();
        input.receive(segment);
    }

    void dataSent() {
        input.dataSent();
    }

    void ackSent() {
        input.ackSent();
    }

    /** The packet that came last, for the trace: what is sent next answers it. */
    long lastReceived() {
        return lastReceived;
    }

    /** A SYN came for a listener, and this is to become the connection. */
    void acceptSyn(PacketBuffer packet, TcpSegment syn) {
        lastReceived = packet.id();
        input.acceptSyn(syn);
    }

    /** An ICMP error about a segment of this connection ({@code tcp_v4_err}). */
    void icmpError(IcmpMessage error, TcpSegment quoted) {
        if (error.type() == IcmpMessage.DESTINATION_UNREACHABLE && error.code() == IcmpMessage.FRAGMENTATION_NEEDED) {
            if (block.state.isSynchronized()) {
                output.resendForSmallerMtu();
            }
            return;
        }
        boolean current = !Sequence.before(quoted.sequence(), block.sndUna) && !Sequence.after(quoted.sequence(), block.sndMax);
        if (!current) {
            return;
        }
        boolean wayLost = error.type() == IcmpMessage.DESTINATION_UNREACHABLE && error.code() <= IcmpMessage.HOST_UNREACHABLE;
        if (wayLost && block.state.isSynchronized()) {
            retransmission.unreachable(quoted.sequence());
        }
        switch (block.state) {
            case SYN_SENT -> finish(IcmpErrors.errno(error));
            case SYN_RECEIVED -> {
                if (endsRequest(error)) {
                    finish();
                }
            }
            case CLOSED, LISTEN, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT ->
                    output.noteSoftError(IcmpErrors.errno(error));
        }
    }

    /** What {@code SO_ERROR} tells of a connection that lives: an error that may pass, such as one about its last acknowledgement. */
    public @Nullable Errno takeSoftError() {
        return output.takeSoftError();
    }

    /** Of what is wrong on the way, a connection that is not yet made outlives all but this ({@code tcp_req_err}). */
    private static boolean endsRequest(IcmpMessage error) {
        return switch (error.type()) {
            case IcmpMessage.PARAMETER_PROBLEM, IcmpMessage.TIME_EXCEEDED -> true;
            case IcmpMessage.DESTINATION_UNREACHABLE ->
                    error.code() == IcmpMessage.NET_UNREACHABLE || error.code() == IcmpMessage.HOST_UNREACHABLE;
            default -> false;
        };
    }

    @Override
    public String text() {
        return text(block.state);
    }

    @Override
    public Decision.Lazy snapshot() {
        TcpState then = block.state;
        return () -> text(then);
    }

    private String text(TcpState state) {
        return "tcp " + state.ss() + " " + end(localAddress(), localPort()) + " " + end(remoteAddress(), remotePort()) + " "
                + owner().program();
    }
}
