package dev.vethlab.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.OpaquePayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationTest {
    private static final OpaquePayload PAYLOAD = new OpaquePayload(0x1234, Bytes.EMPTY);

    @ParameterizedTest
    @EnumSource
    void everyDropSaysWhatItMeansAndWhatWouldLetThePacketThrough(DropReason reason) {
        Explanation said = explain(Stage.ROUTING, new Decision.None(), new Outcome.Dropped(reason, () -> "a route"));
        assertThat(said.why()).isEqualTo(reason.meaning()).endsWith(".");
        assertThat(said.wouldLetThrough()).isEqualTo("a route");
    }

    @ParameterizedTest
    @EnumSource
    void everyStageHasATitleAndASentence(Stage stage) {
        Explanation said = explain(stage, new Decision.None(), Outcome.CONTINUES);
        assertThat(said.title()).isNotBlank().doesNotContain("_");
        assertThat(said.why()).endsWith(".");
        assertThat(said.wouldLetThrough()).isEmpty();
    }

    @Test
    void aRuleThatDropsIsNamedWithItsChainAndNumber() {
        var hit = new Decision.RuleTried("DOCKER-USER", 3, rule("-A DOCKER-USER -j DROP"), null);
        Explanation said = explain(Stage.FILTER_FORWARD, new Decision.RuleWalk("filter", "FORWARD", List.of(hit), "DROP", false),
                new Outcome.Dropped(DropReason.NETFILTER_DROP, () -> "another rule"));
        assertThat(said).isEqualTo(new Explanation("filter FORWARD → DOCKER-USER, rule 3", "-A DOCKER-USER -j DROP",
                "Rule 3 of DOCKER-USER decides: DROP.", "another rule"));
    }

    @Test
    void whatIsSentHadItsRouteBeforeItsDestinationWasRewritten() {
        var hit = new Decision.RuleTried("OUTPUT", 1, rule("-A OUTPUT -p udp --dport 53 -j DNAT --to-destination :5353"), null);
        assertThat(explain(Stage.NAT_OUTPUT, new Decision.RuleWalk("nat", "OUTPUT", List.of(hit), "DNAT", false), Outcome.CONTINUES).why())
                .contains("had its route already")
                .doesNotContain("before the routing table is asked");
        assertThat(explain(Stage.NAT_PREROUTING, new Decision.RuleWalk("nat", "PREROUTING", List.of(hit), "DNAT", false), Outcome.CONTINUES)
                .why()).contains("before the routing table is asked");
    }

    @Test
    void aPolicyThatDropsIsNamed() {
        Explanation said = explain(Stage.FILTER_FORWARD, new Decision.RuleWalk("filter", "FORWARD", List.of(), "DROP", true),
                new Outcome.Dropped(DropReason.NETFILTER_DROP, () -> "a rule"));
        assertThat(said.why()).isEqualTo("There is no rule here; the policy of FORWARD is DROP.");
    }

    @Test
    void aFrameSentShowsItsAddressesAsTcpdumpDoes() {
        var frame = new EthernetFrame(0x525400000110L, 0x525400000120L, null, PAYLOAD);
        assertThat(sent(frame, "eth0").detail()).isEqualTo("52:54:00:00:01:20 > 52:54:00:00:01:10");
        assertThat(sent(frame, "to-host").detail()).isEmpty();
        assertThat(sent(new EthernetFrame(0, 0, null, PAYLOAD), "lo").detail()).isEmpty();
    }

    private static Explanation sent(EthernetFrame frame, String device) {
        return Explanation.of(new TraceEvent(1, 0, 1, new Place("host", "", device), Stage.DEVICE_TX, frame, PAYLOAD, null,
                new Decision.None(), Outcome.CONTINUES), null);
    }

    private static Explanation explain(Stage stage, Decision decision, Outcome outcome) {
        return Explanation.of(
                new TraceEvent(1, 0, 1, new Place("host", "", "eth0"), stage, null, PAYLOAD, null, decision, outcome), null);
    }

    private static Decision.RuleText rule(String text) {
        return new Decision.RuleText() {
            @Override
            public long id() {
                return 1;
            }

            @Override
            public String text() {
                return text;
            }
        };
    }
}
