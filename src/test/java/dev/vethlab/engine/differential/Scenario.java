package dev.vethlab.engine.differential;

import java.util.List;
import java.util.stream.Stream;

/**
 * A network, what is sent through it, and where to look afterwards: commands for a machine with nothing on it.
 *
 * @param looks commands whose output shows what has become of the packets
 */
public record Scenario(long seed, List<String> setup, List<String> traffic, List<String> looks) {
    public List<String> commands() {
        return Stream.of(setup, traffic, looks).flatMap(List::stream).toList();
    }
}
