package dev.vethlab.engine.property;

import dev.vethlab.engine.differential.Scenario;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.scenario.Playground;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.world.WorldKind;
import java.util.List;

/** A random network after its traffic: the packets, what happened to them, and the namespaces they went through. */
record Run(List<PacketBorn> packets, List<TraceEvent> events, List<NetworkNamespace> namespaces, List<String> answers) {
    /** Longer than an ARP entry or a fragment waits. */
    private static final int SETTLED = 60;

    /** What is typed afterwards, and how long nobody does anything then. */
    static Run of(Scenario scenario, List<String> afterwards, int idleSeconds) {
        try (var playground = new Playground(WorldKind.BARE)) {
            List<String> answers = new java.util.ArrayList<>();
            scenario.commands().forEach(command -> answers.add(playground.type("host", command)));
            afterwards.forEach(command -> answers.add(playground.type("host", command)));
            playground.pass(Math.max(SETTLED, idleSeconds));
            return new Run(playground.packets(), playground.events(), playground.namespaces("host"), answers);
        }
    }

    static Run of(Scenario scenario) {
        return of(scenario, List.of(), 0);
    }

    List<TraceEvent> eventsOf(long packet) {
        return events.stream().filter(event -> event.packet() == packet).toList();
    }
}
