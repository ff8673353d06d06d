package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vethlab.engine.world.Topology;
import dev.vethlab.session.Update;

/** The structure of the world and its version; absent things are left out. */
@JsonInclude(value = JsonInclude.Include.NON_NULL, content = JsonInclude.Include.NON_NULL)
public record TopologyView(long version, @JsonUnwrapped Topology structure) {
    public static TopologyView of(Update.Structure structure) {
        return new TopologyView(structure.version(), structure.topology());
    }
}
