package dev.vethlab.engine.trace;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One packet at one stage.
 *
 * @param sequence counts all events of a session, from 1
 * @param time virtual time in nanoseconds
 * @param packet which packet; copies and answers are packets of their own
 * @param frame the frame, where the stage is about frames; null between routing and the neighbour table
 * @param payload what it carries, after this stage
 * @param before what it carried before, where the stage changed it
 */
public record TraceEvent(
        long sequence,
        long time,
        long packet,
        Place place,
        Stage stage,
        @Nullable EthernetFrame frame,
        Payload payload,
        @Nullable Payload before,
        Decision decision,
        Outcome outcome) {}
