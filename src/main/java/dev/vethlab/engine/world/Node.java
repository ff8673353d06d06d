package dev.vethlab.engine.world;

import dev.vethlab.engine.command.net.dns.AddressInfo;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Uts;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.NullFile;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/** A machine that people can type on: kernel, processes, files. */
public final class Node {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final String name;
    private final Machine machine;
    private final ProcessTable processes;
    private final FileSystem files;
    private final Uts uts;

    Node(Machine machine, FileSystem files) {
        this.name = machine.name();
        this.machine = machine;
        this.files = files.limit(machine.kernel());
        this.uts = new Uts(name);
        this.processes = new ProcessTable(machine.kernel().simulation(), machine.kernel().room());
        this.processes.setNames(AddressInfo::lookup);
    }

    public String name() {
        return name;
    }

    public Machine machine() {
        return machine;
    }

    public ProcessTable processes() {
        return processes;
    }

    public FileSystem files() {
        return files;
    }

    /** What it weighs ({@link dev.vethlab.engine.kernel.Memory}). */
    long weight() {
        return machine.weight() + processes.weight() + files.weight();
    }

    /** What a login of root sees; each call a new one. */
    public ProcessContext context() {
        var environment = new TreeMap<String, String>();
        environment.put("PATH", PATH);
        environment.put("HOME", "/root");
        environment.put("LANG", "C.UTF-8");
        environment.put("USER", "root");
        environment.put("TERM", "dumb");
        environment.put("COLUMNS", "200");
        return new ProcessContext(machine.root(), uts, processes.pids(), files, EnumSet.allOf(Capability.class), environment, "/root");
    }

    /** Starts a program with root's surroundings and no terminal, as an init system does. */
    EmulatedProcess start(Executable program, List<String> arguments) {
        var nothing = new NullFile();
        return processes.spawn(null, context(), List.of(nothing, nothing, nothing), program, arguments);
    }
}
