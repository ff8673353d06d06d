package dev.vethlab.engine.command.core.sed;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;

/** {@code sed -i}: what a file becomes is written beside it and then takes its place; the old one is kept if a suffix is given. */
final class SedInPlace implements SedInput.Boundaries {
    private final EmulatedProcess self;
    private final SedRun run;
    private final String suffix;
    private final OpenFile standardOutput;
    private String name = "";

    SedInPlace(EmulatedProcess self, SedRun run, String suffix) {
        this.self = self;
        this.run = run;
        this.suffix = suffix;
        this.standardOutput = self.descriptor(1);
    }

    private String target() {
        return name + ".sed-new";
    }

    @Override
    public void begins(String file) throws KernelException {
        name = file;
        OpenFile output = self.context().files().open(self, target(), OpenMode.WRITE);
        standardOutput.retain();
        self.setDescriptor(1, output);
        run.begins(file);
    }

    @Override
    public void ended() {
        run.ended();
        FileSystem files = self.context().files();
        try {
            if (!suffix.isEmpty()) {
                files.rename(self, name, backup());
            }
            files.rename(self, target(), name);
        } catch (KernelException e) {
            self.error("sed: cannot rename " + target() + ": " + e.errno().message());
        }
        self.setDescriptor(1, standardOutput);
        standardOutput.release();
    }

    /** The suffix, or with a {@code *} in it the pattern of the name; with a {@code /} it may lie elsewhere. */
    private String backup() {
        int slash = name.lastIndexOf('/') + 1;
        String base = name.substring(slash);
        String kept = suffix.contains("*") ? suffix.replace("*", base) : base + suffix;
        return kept.contains("/") ? kept : name.substring(0, slash) + kept;
    }
}
