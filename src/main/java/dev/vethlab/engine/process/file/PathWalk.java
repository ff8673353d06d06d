package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path on its way through the tree, name by name ({@code fs/namei.c}). */
final class PathWalk {
    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 4096;
    static final int MAX_LINKS = 40;

    private record Step(String name, FileSystem holder, List<String> names, Node node, boolean readOnly) {}

    private final @Nullable EmulatedProcess reader;
    private final List<Step> steps = new ArrayList<>();
    private int links;

    /** Begins at the root; {@code reader} is null if no process asks. */
    PathWalk(FileSystem files, @Nullable EmulatedProcess reader) {
        this.reader = reader;
        steps.add(new Step("", files, List.of(), files.root(), files.isReadOnly()));
    }

    /** Follows {@code path}; the last name may be missing, and if it is a link it is followed only if {@code follow}. */
    Place go(String path, boolean follow) throws KernelException {
        if (path.isEmpty()) {
            throw new KernelException(Errno.ENOENT);
        }
        if (path.length() > MAX_PATH) {
            throw new KernelException(Errno.ENAMETOOLONG);
        }
        if (path.startsWith("/")) {
            steps.subList(1, steps.size()).clear();
        }
        boolean mustBeDirectory = path.endsWith("/");
        List<String> names = names(path);
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            Place missing = step(names.get(i), last, follow || mustBeDirectory);
            if (missing != null) {
                return missing;
            }
        }
        Step end = steps.getLast();
        if ((mustBeDirectory || path.endsWith("/.")) && !end.node.isDirectory()) {
            throw new KernelException(end.node() instanceof SymbolicLink ? Errno.ENOENT : Errno.ENOTDIR);
        }
        Node directory = steps.get(Math.max(0, steps.size() - 2)).node;
        return new Place(end.holder(), end.names(), directory, end.node(), end.readOnly);
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (int begin = 0; begin < path.length();) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            if (end > begin && !(end == begin + 1 && path.charAt(begin) == '.')) {
                names.add(path.substring(begin, end));
            }
            begin = end + 1;
        }
        return names;
    }

    private static List<String> with(List<String> names, String last) {
        String[] all = names.toArray(new String[names.size() + 1]);
        all[all.length - 1] = last;
        return Arrays.asList(all);
    }

    private @Nullable Place step(String name, boolean last, boolean follow) throws KernelException {
        Step here = steps.getLast();
        if (!here.node.isDirectory()) {
            throw new KernelException(Errno.ENOTDIR);
        }
        Permission.EXECUTE.check(reader, here.node);
        if (name.equals("..")) {
            if (steps.size() > 1) {
                steps.removeLast();
            }
            return null;
        }
        if (name.length() > MAX_NAME) {
            throw new KernelException(Errno.ENAMETOOLONG);
        }
        List<String> names = with(here.names, name);
        Node child = here.node.entry(name, reader);
        Place bound = bound(name);
        if (bound != null) {
            steps.add(new Step(name, bound.holder(), bound.names(), bound.existing(), bound.readOnly()));
            return null;
        }
        if (child == null) {
            if (last) {
                return new Place(here.holder, names, here.node, null, here.readOnly);
            }
            throw new KernelException(Errno.ENOENT);
        }
        if (child instanceof SymbolicLink link && (!last || follow)) {
            if (++links > MAX_LINKS) {
                throw new KernelException(Errno.ELOOP);
            }
            if (link.end() != null) {
                steps.add(new Step(name, here.holder, names, link.end(), here.readOnly));
                return null;
            }
            Place end = go(link.target(), true);
            if (end.node() == null) {
                if (last) {
                    return end;
                }
                throw new KernelException(Errno.ENOENT);
            }
            return null;
        }
        if (child instanceof Mount mount) {
            Place source = new PathWalk(mount.source(), reader).go(mount.path(), true);
            steps.add(new Step(name, source.holder(), source.names(), source.existing(), mount.isReadOnly() || source.readOnly()));
        } else {
            steps.add(new Step(name, here.holder, names, child, here.readOnly));
        }
        return null;
    }

    /** What a bind mount of the reader's own shows as {@code name} here; null if there is none. */
    private @Nullable Place bound(String name) throws KernelException {
        if (reader == null || reader.context().binds().isEmpty() || steps.getFirst().holder != reader.context().files()) {
            return null;
        }
        String source = reader.context().binds().get((steps.size() == 1 ? "" : path()) + "/" + name);
        return source == null ? null : new PathWalk(reader.context().files(), reader).go(source, true);
    }

    /** Where it is now: an absolute path without links. */
    String path() {
        var text = new StringBuilder();
        steps.stream().skip(1).forEach(step -> text.append('/').append(step.name));
        return text.isEmpty() ? "/" : text.toString();
    }
}
