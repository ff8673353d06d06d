package dev.vethlab.workshop.check;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the truth about a prediction is seen. */
public sealed interface Observation {
    /** In the first packet that passes so. */
    record InPacket(PacketPattern packet, PacketField field) implements Observation {}

    /**
     * In the first command that ends so.
     *
     * @param capture its first group, found in the output, is the truth; null if the exit status is
     */
    record InCommand(CommandPattern command, @Nullable Pattern capture) implements Observation {}
}
