package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NamespaceKind;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.User;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** {@code /proc/self} and {@code /proc/PID}: the processes that the reader sees. */
final class ProcessFiles {
    private ProcessFiles() {}

    static Map<String, Node> processes(EmulatedProcess reader) {
        var entries = new LinkedHashMap<String, Node>();
        if (reader.context().pids() == reader.table().pids()) {
            entries.put("1", new GeneratedDirectory(ProcessFiles::initDirectory));
        }
        reader.table().visibleTo(reader).forEach((number, process) -> {
            entries.put(Integer.toString(number), ownedBy(process, new GeneratedDirectory(r -> directory(number, process))));
            if (process == reader) {
                entries.put("self", new SymbolicLink(Integer.toString(number)));
            }
        });
        return entries;
    }

    /** A machine's first process is not emulated but for its namespaces: they are the machine's own. */
    private static Map<String, Node> initDirectory(EmulatedProcess reader) {
        var files = new TreeMap<String, Node>();
        NetworkNamespace root = reader.network().machine().root();
        files.put("ns", new GeneratedDirectory(r -> namespaces(kind -> kind.initial, root)));
        files.put("net", new GeneratedDirectory(r -> NetworkFiles.of(root)));
        return files;
    }

    private static Map<String, Node> directory(int number, EmulatedProcess process) {
        var files = new TreeMap<String, Node>();
        files.put("cmdline", SpecialFile.generated(r -> String.join("\0", process.commandLine()) + "\0"));
        files.put("comm", SpecialFile.generated(r -> process.name() + "\n"));
        files.put("status", SpecialFile.generated(r -> status(number, process)));
        files.put("environ", SpecialFile.generated(r -> {
            var text = new StringBuilder();
            process.context().environment().forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
            return text.toString();
        }));
        files.put("mounts", SpecialFile.generated(r ->
                "rootfs / rootfs rw 0 0\nproc /proc proc rw 0 0\nsysfs /sys sysfs rw 0 0\n" + String.join("", NamespaceMounts.lines(r))));
        files.put("cwd", new SymbolicLink(process.context().directory()));
        files.put("root", new SymbolicLink("/"));
        files.put("net", new GeneratedDirectory(r -> NetworkFiles.of(process.network())));
        files.put("ns", new GeneratedDirectory(r -> namespaces(process.context()::namespace, process.network())));
        files.put("fd", new GeneratedDirectory(0500, r -> descriptors(process)));
        files.values().forEach(file -> ownedBy(process, file));
        return files;
    }

    /** {@code fs/proc/namespaces.c}: of two kinds there is also the one that children will have. */
    private static Map<String, Node> namespaces(ToLongFunction<NamespaceKind> inode, NetworkNamespace network) {
        var files = new TreeMap<String, Node>();
        for (NamespaceKind kind : NamespaceKind.values()) {
            SpecialFile file = kind == NamespaceKind.NETWORK ? SpecialFile.of(network) : SpecialFile.ofNamespace();
            Node link = new SymbolicLink(kind.file + ":[" + inode.applyAsLong(kind) + "]", file);
            files.put(kind.file, link);
            if (kind == NamespaceKind.PID || kind == NamespaceKind.TIME) {
                files.put(kind.file + "_for_children", link);
            }
        }
        return files;
    }

    private static Node ownedBy(EmulatedProcess process, Node file) {
        User user = process.context().user();
        file.setOwner(user.uid(), user.gid());
        return file;
    }

    private static String status(int number, EmulatedProcess process) {
        EmulatedProcess parent = process.parent();
        ProcessContext context = process.context();
        String uid = "\t" + context.user().uid();
        String gid = "\t" + context.user().gid();
        String none = Capability.mask(EnumSet.noneOf(Capability.class));
        String rights = Capability.mask(context.capabilities());
        return "Name:\t" + process.name() + "\nState:\t" + (process.isFrozen() ? "T (stopped)" : "S (sleeping)") + "\nTgid:\t" + number
                + "\nPid:\t"
                + number + "\nPPid:\t" + (parent == null || parent.context().pids() != process.context().pids() ? 0 : parent.pid())
                + "\nUid:" + uid.repeat(4) + "\nGid:" + gid.repeat(4) + "\nGroups:\t" + groups(context.user()) + "\nCapInh:\t" + none
                + "\nCapPrm:\t" + rights + "\nCapEff:\t" + rights + "\nCapBnd:\t" + Capability.mask(context.bounding()) + "\nCapAmb:\t"
                + none + "\n";
    }

    private static String groups(User user) {
        var text = new StringBuilder();
        user.groups().forEach(group -> text.append(group).append(' '));
        return text.toString();
    }

    private static Map<String, Node> descriptors(EmulatedProcess process) {
        var files = new LinkedHashMap<String, Node>();
        List<OpenFile> open = process.descriptors();
        for (int i = 0; i < open.size(); i++) {
            OpenFile file = open.get(i);
            if (file != ClosedFile.INSTANCE) {
                files.put(Integer.toString(i), SpecialFile.device((self, writing) -> file));
            }
        }
        return files;
    }
}
