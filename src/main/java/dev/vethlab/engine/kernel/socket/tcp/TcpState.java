package dev.vethlab.engine.kernel.socket.tcp;

/** The states of RFC 9293 §3.3.2, as {@code ss} and {@code netstat} name them. */
public enum TcpState {
    CLOSED("UNCONN", "CLOSE"),
    LISTEN("LISTEN", "LISTEN"),
    SYN_SENT("SYN-SENT", "SYN_SENT"),
    SYN_RECEIVED("SYN-RECV", "SYN_RECV"),
    ESTABLISHED("ESTAB", "ESTABLISHED"),
    FIN_WAIT_1("FIN-WAIT-1", "FIN_WAIT1"),
    FIN_WAIT_2("FIN-WAIT-2", "FIN_WAIT2"),
    CLOSE_WAIT("CLOSE-WAIT", "CLOSE_WAIT"),
    CLOSING("CLOSING", "CLOSING"),
    LAST_ACK("LAST-ACK", "LAST_ACK"),
    TIME_WAIT("TIME-WAIT", "TIME_WAIT");

    private final String ss;
    private final String netstat;

    TcpState(String ss, String netstat) {
        this.ss = ss;
        this.netstat = netstat;
    }

    /** {@code ESTAB}. */
    public String ss() {
        return ss;
    }

    /** {@code ESTABLISHED}. */
    public String netstat() {
        return netstat;
    }

    /** Whether both sides have said hello. */
    public boolean isSynchronized() {
        return switch (this) {
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED -> false;
            case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> true;
        };
    }

    /** Whether this side may still send data. */
    public boolean maySend() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }

    /** Whether the other side may still send data. */
    public boolean mayReceive() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }
}
