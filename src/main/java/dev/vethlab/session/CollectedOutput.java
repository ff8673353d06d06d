package dev.vethlab.session;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Where a shell without a terminal writes: kept, up to a limit, until taken. Reading gives the end of input. */
final class CollectedOutput extends OpenFile {
    private final int limit;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean cut;

    CollectedOutput(int limit) {
        this.limit = limit;
    }

    /** All since the last time. */
    String take() {
        String text = collected.toString(StandardCharsets.UTF_8);
        if (cut) {
            text += "\nvethlab: output beyond " + limit + " bytes is left out\n";
        }
        collected.reset();
        cut = false;
        return text;
    }

    /** Whether some was left out since the last time. */
    boolean isCut() {
        return cut;
    }

    @Override
    public Bytes read(EmulatedProcess reader, int most) {
        return Bytes.EMPTY;
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {
        int room = Math.min(data.length(), limit - collected.size());
        collected.writeBytes(data.slice(0, room).toArray());
        cut |= room < data.length();
        WriteCost.charge(writer, data);
    }
}
