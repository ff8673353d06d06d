package dev.vethlab.engine.kernel.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.conntrack.TcpTracker.Result;
import dev.vethlab.engine.kernel.conntrack.TcpTracker.State;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import org.junit.jupiter.api.Test;

/** Which segments belong to a connection whose two ends a machine in the middle listens to. */
class TcpTrackerTest {
    private static final int CLIENT = 1000;
    private static final int SERVER = 5000;
    private static final int WINDOW = 1000;
    private static final String SETTING = "net.netfilter.nf_conntrack_tcp_";

    private final Sysctls sysctls = new Sysctls(() -> {});
    private final TcpTracker tracker = new TcpTracker();
    private final Tuple tuple = new Tuple(1, 2, IpProtocol.TCP, 40_000, 80);
    private final ConntrackEntry entry = new ConntrackEntry(1, tuple, java.util.Objects.requireNonNull(tuple.inverted()), tracker);

    private Result client(int flags, int sequence, int acknowledgement, int length) {
        return take(false, flags, sequence, acknowledgement, length);
    }

    private Result server(int flags, int sequence, int acknowledgement, int length) {
        return take(true, flags, sequence, acknowledgement, length);
    }

    private Result take(boolean reply, int flags, int sequence, int acknowledgement, int length) {
        var segment = new TcpSegment(1, 2, sequence, acknowledgement, flags, WINDOW, TcpOptions.EMPTY, Bytes.of(new byte[length]));
        var settings = new ConntrackSettings(sysctls);
        if (tracker.state() == State.NONE && !tracker.begin(segment, settings)) {
            return Result.INVALID;
        }
        Result result = tracker.packet(segment, reply, entry, settings, 0);
        if (reply && result != Result.INVALID) {
            entry.setSeenReply();
        }
        return result;
    }

    private void open() {
        assertThat(client(TcpSegment.SYN, CLIENT, 0, 0)).isEqualTo(Result.ACCEPT);
        assertThat(server(TcpSegment.SYN | TcpSegment.ACK, SERVER, CLIENT + 1, 0)).isEqualTo(Result.ACCEPT);
        assertThat(client(TcpSegment.ACK, CLIENT + 1, SERVER + 1, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.state()).isEqualTo(State.ESTABLISHED);
        assertThat(entry.isAssured()).isTrue();
    }

    @Test
    void aResetWithTheExpectedNumberEndsTheConnection() {
        open();
        assertThat(server(TcpSegment.RST, SERVER + 1, 0, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.state()).isEqualTo(State.CLOSE);
        assertThat(tracker.timeout()).isEqualTo(10);
    }

    @Test
    void aResetAboutOldDataIsInvalidUnlessThatIsIgnored() throws KernelException {
        open();
        assertThat(server(TcpSegment.RST, SERVER - 100, 0, 0)).isEqualTo(Result.INVALID);
        sysctls.set(SETTING + "ignore_invalid_rst", "1");
        server(TcpSegment.RST, SERVER - 100, 0, 0);
        assertThat(tracker.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void aResetInTheWindowButNotExactMayBeChallengedAndLeavesTheState() {
        open();
        assertThat(server(TcpSegment.RST, SERVER + 100, 0, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void aResetAheadOfTheWindowIsInvalid() {
        open();
        assertThat(server(TcpSegment.RST, SERVER + 5000, 0, 0)).isEqualTo(Result.INVALID);
        assertThat(tracker.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void aResetForASynMustAcknowledgeIt() {
        client(TcpSegment.SYN, CLIENT, 0, 0);
        assertThat(server(TcpSegment.RST | TcpSegment.ACK, 0, CLIENT + 77, 0)).isEqualTo(Result.INVALID);
        assertThat(server(TcpSegment.RST | TcpSegment.ACK, 0, CLIENT + 1, 0)).isEqualTo(Result.REFUSED);
    }

    @Test
    void dataBeyondTheWindowIsInvalidUnlessTrackingIsLiberal() throws KernelException {
        open();
        assertThat(client(TcpSegment.ACK, CLIENT + 1, SERVER + 1, WINDOW)).isEqualTo(Result.ACCEPT);
        assertThat(client(TcpSegment.ACK, CLIENT + 1 + 3 * WINDOW, SERVER + 1, 10)).isEqualTo(Result.INVALID);
        sysctls.set(SETTING + "be_liberal", "1");
        assertThat(client(TcpSegment.ACK, CLIENT + 1 + 3 * WINDOW, SERVER + 1, 10)).isEqualTo(Result.ACCEPT);
    }

    @Test
    void anAcknowledgementOfWhatWasNeverSentIsInvalid() {
        open();
        assertThat(client(TcpSegment.ACK, CLIENT + 1, SERVER + 2, 0)).isEqualTo(Result.INVALID);
    }

    @Test
    void dataWaitsForItsAcknowledgementFiveMinutes() {
        open();
        client(TcpSegment.ACK, CLIENT + 1, SERVER + 1, 10);
        assertThat(tracker.timeout()).isEqualTo(300);
        server(TcpSegment.ACK, SERVER + 1, CLIENT + 11, 0);
        assertThat(tracker.timeout()).isEqualTo(432_000);
    }

    @Test
    void theSameSegmentAgainAndAgainShortensTheConnection() throws KernelException {
        open();
        sysctls.set(SETTING + "timeout_max_retrans", "50");
        for (int i = 0; i < 3; i++) {
            client(TcpSegment.ACK, CLIENT + 1, SERVER + 1, 10);
            assertThat(tracker.timeout()).isEqualTo(300);
        }
        client(TcpSegment.ACK, CLIENT + 1, SERVER + 1, 10);
        assertThat(tracker.timeout()).isEqualTo(50);
    }

    @Test
    void anAckAloneBeginsAConnectionOnlyWhereTrackingIsLoose() throws KernelException {
        sysctls.set(SETTING + "loose", "0");
        assertThat(client(TcpSegment.ACK, CLIENT, SERVER, 0)).isEqualTo(Result.INVALID);
        sysctls.set(SETTING + "loose", "1");
        assertThat(client(TcpSegment.ACK, CLIENT, SERVER, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.timeout()).isEqualTo(300);
        assertThat(server(TcpSegment.ACK, SERVER + 100_000, CLIENT + 1, 0)).isEqualTo(Result.ACCEPT);
    }

    @Test
    void flagsThatNoSegmentHasAreInvalid() {
        open();
        assertThat(client(TcpSegment.SYN | TcpSegment.FIN, CLIENT + 1, SERVER + 1, 0)).isEqualTo(Result.INVALID);
        assertThat(client(0, CLIENT + 1, SERVER + 1, 0)).isEqualTo(Result.INVALID);
        assertThat(client(TcpSegment.FIN, CLIENT + 1, SERVER + 1, 0)).isEqualTo(Result.INVALID);
    }

    @Test
    void aSynThatIsAnsweredBringsALostConnectionBackIntoStep() {
        open();
        assertThat(client(TcpSegment.SYN, CLIENT + 50_000, 0, 0)).isEqualTo(Result.IGNORE);
        assertThat(server(TcpSegment.SYN | TcpSegment.ACK, SERVER + 90_000, CLIENT + 50_001, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.state()).isEqualTo(State.SYN_RECV);
        assertThat(client(TcpSegment.ACK, CLIENT + 50_001, SERVER + 90_001, 0)).isEqualTo(Result.ACCEPT);
        assertThat(tracker.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void theSameSynAgainDoesNotKeepAConnectionAlive() {
        client(TcpSegment.SYN, CLIENT, 0, 0);
        assertThat(client(TcpSegment.SYN, CLIENT, 0, 0)).isEqualTo(Result.IGNORE);
    }
}
