package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.world.Topology;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells Jackson to leave out what is absent in the engine's records, which know nothing of Jackson. */
@Singleton
public class TopologyMixins implements ObjectMapperCustomizer {
    private static final List<Class<?>> RECORDS = List.of(
            Topology.class,
            Topology.MachineView.class,
            Topology.NamespaceView.class,
            Topology.DeviceView.class,
            Topology.End.class,
            Topology.SwitchView.class,
            Topology.Cable.class,
            Topology.ContainerView.class,
            Topology.EndpointView.class,
            Topology.ListenView.class,
            Topology.PublishView.class,
            Topology.NetworkView.class);

    @Override
    public void customize(ObjectMapper mapper) {
        RECORDS.forEach(type -> mapper.addMixIn(type, LeaveOutAbsent.class));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface LeaveOutAbsent {}
}
