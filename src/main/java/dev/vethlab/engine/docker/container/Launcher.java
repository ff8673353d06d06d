package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessLimitException;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.RegularFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds what a container's command line means, the rights it runs with, and starts it ({@code runc}). */
final class Launcher {
    private static final int MAX_INTERPRETER = 127;

    /** What runc's init ends with when execve(2) fails. */
    private static final int NOT_EXECUTED = 255;

    /** A container's process is runc first, whose threads take numbers of the PID namespace; how many is not always the same. */
    private static final int RUNC_THREADS = 5;

    /** {@code daemon/pkg/oci/caps/defaults.go}. */
    private static final List<Capability> USUAL = List.of(Capability.CHOWN, Capability.DAC_OVERRIDE, Capability.FSETID, Capability.FOWNER,
            Capability.MKNOD, Capability.NET_RAW, Capability.SETGID, Capability.SETUID, Capability.SETFCAP, Capability.SETPCAP,
            Capability.NET_BIND_SERVICE, Capability.SYS_CHROOT, Capability.KILL, Capability.AUDIT_WRITE);

    private Launcher() {}

    /** A program and its arguments. */
    record Command(Executable program, List<String> arguments) {}

    /**
     * Looks a command line up in a container's files.
     *
     * @param daemon in whose name the files are read
     * @throws EngineException with runc's words for what is missing, not executable or no program
     */
    static Command find(EmulatedProcess daemon, FileSystem files, List<String> line, String directory, String searchPath)
            throws EngineException {
        String name = line.getFirst();
        String quoted = "exec: \"" + name + "\": ";
        String path = name.contains("/") && !name.startsWith("/") ? directory + "/" + name : name;
        String found = files.lookupExecutable(daemon, path, searchPath);
        if (found == null) {
            if (!name.contains("/")) {
                throw EngineException.badRequest(quoted + "executable file not found in $PATH");
            }
            throw EngineException.badRequest(quoted + reason(daemon, files, path, name));
        }
        try {
            Node node = files.stat(daemon, found);
            if (!(node instanceof RegularFile file)) {
                throw EngineException.badRequest(quoted + "is a directory: permission denied");
            }
            Executable program = file.program();
            return program != null ? new Command(program, line) : script(daemon, files, found, line, quoted);
        } catch (KernelException e) {
            throw EngineException.badRequest(quoted + reason(daemon, files, path, name));
        }
    }

    private static String reason(EmulatedProcess daemon, FileSystem files, String path, String name) {
        try {
            Node node = files.stat(daemon, path);
            return node.isDirectory() ? "is a directory: permission denied" : "permission denied";
        } catch (KernelException e) {
            return "stat " + name + ": " + (e.errno() == Errno.ENOTDIR ? "not a directory" : "no such file or directory");
        }
    }

    /** A text file whose first line names its interpreter ({@code fs/binfmt_script.c}). */
    private static Command script(EmulatedProcess daemon, FileSystem files, String path, List<String> line, String quoted)
            throws KernelException, EngineException {
        Bytes content = files.readAll(daemon, path);
        String first = content.slice(0, Math.min(MAX_INTERPRETER, content.length())).text().split("\n", 2)[0];
        if (!first.startsWith("#!")) {
            return new Command((Program) self -> {
                self.error("exec " + path + ": exec format error");
                return NOT_EXECUTED;
            }, line);
        }
        String[] words = first.substring(2).strip().split("\\s+", 2);
        Node interpreter = files.stat(daemon, words[0]);
        if (!(interpreter instanceof RegularFile file) || file.program() == null) {
            throw EngineException.badRequest(quoted + "no such file or directory");
        }
        var arguments = new ArrayList<String>(List.of(words));
        arguments.add(path);
        arguments.addAll(line.subList(1, line.size()));
        return new Command(java.util.Objects.requireNonNull(file.program()), arguments);
    }

    /** Docker's default capabilities, with what was added and dropped. */
    static Set<Capability> capabilities(boolean privileged, List<String> add, List<String> drop) {
        var rights = EnumSet.copyOf(USUAL);
        if (privileged) {
            return EnumSet.allOf(Capability.class);
        }
        List<String> dropped = drop.stream().map(ContainerCreation::capabilityName).toList();
        List<String> added = add.stream().map(ContainerCreation::capabilityName).toList();
        if (dropped.contains("ALL")) {
            rights.clear();
        }
        if (added.contains("ALL")) {
            rights.addAll(EnumSet.allOf(Capability.class));
        }
        for (Capability capability : Capability.values()) {
            if (dropped.contains(capability.name())) {
                rights.remove(capability);
            }
            if (added.contains(capability.name())) {
                rights.add(capability);
            }
        }
        return rights;
    }

    static String searchPath(ProcessContext context) {
        return context.environment().getOrDefault("PATH", "/usr/bin:/bin");
    }

    /** Starts a process in a container. */
    static EmulatedProcess spawn(EmulatedProcess daemon, ProcessContext context, List<OpenFile> files, Command command)
            throws EngineException {
        EmulatedProcess process;
        try {
            process = daemon.table().spawn(daemon, context, files, command.program(), command.arguments());
        } catch (ProcessLimitException e) {
            throw EngineException.internal(String.valueOf(e.getMessage()));
        }
        process.beginSession();
        context.pids().skip(RUNC_THREADS);
        return process;
    }
}
