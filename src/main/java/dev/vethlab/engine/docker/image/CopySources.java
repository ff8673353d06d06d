package dev.vethlab.engine.docker.image;

import com.google.re2j.Pattern;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.TreeCopy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files that {@code COPY} and {@code ADD} name, and their copying ({@code builder/dockerfile/copy.go}). */
final class CopySources {
    private final EmulatedProcess self;
    private final FileSystem files;
    private final List<String> paths = new ArrayList<>();

    /** @param files where they are; its root is the context's */
    CopySources(EmulatedProcess self, FileSystem files) {
        this.self = self;
        this.files = files;
    }

    /** Adds what a path or pattern means. */
    void add(String source, String keyword, boolean fromContext) throws BuildFailure {
        String clean = clean(source);
        if (clean.startsWith("..")) {
            throw new BuildFailure(keyword + " failed: forbidden path outside the build context: " + source + " ()");
        }
        if (clean.matches(".*[*?\\[].*")) {
            List<String> found = matching(clean);
            if (found.isEmpty()) {
                throw new BuildFailure(keyword + " failed: no source files were specified");
            }
            paths.addAll(found);
            return;
        }
        if (!files.exists(self, "/" + clean)) {
            throw new BuildFailure(keyword + " failed: " + (fromContext
                    ? "file not found in build context or excluded by .dockerignore: stat " + clean : "stat " + clean)
                    + ": file does not exist");
        }
        paths.add("/" + clean);
    }

    int count() {
        return paths.size();
    }

    boolean hasDirectory() {
        return paths.stream().anyMatch(p -> files.isDirectory(self, p));
    }

    /** A path without dots and doubled slashes, relative to the root; begins with {@code ..} if it leads out. */
    static String clean(String path) {
        var names = new ArrayList<String>();
        for (String name : path.split("/+")) {
            if (name.equals("..") && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    private List<String> matching(String pattern) throws BuildFailure {
        List<String> found = List.of("");
        try {
            for (String name : pattern.split("/")) {
                Pattern regex = glob(name);
                var next = new ArrayList<String>();
                for (String directory : found) {
                    if (files.isDirectory(self, directory + "/")) {
                        files.list(self, directory + "/").keySet().stream().filter(n -> regex.matcher(n).matches())
                                .forEach(n -> next.add(directory + "/" + n));
                    }
                }
                found = next;
            }
        } catch (KernelException e) {
            throw new BuildFailure(e.errno().message().toLowerCase(Locale.ROOT));
        }
        return found;
    }

    /** A pattern of Go's {@code filepath.Match}. */
    static Pattern glob(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = pattern.indexOf(']', i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    if (end > i + 1) {
                        regex.append('[').append(pattern, i + 1, end).append(']');
                        i = end;
                    } else {
                        regex.append("\\[");
                    }
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** What stands for their content in the history: of one file {@code file:DIGEST}, of more {@code multi:DIGEST}. */
    String digest() throws BuildFailure {
        var content = new StringBuilder();
        try {
            for (String path : paths) {
                describe(path, path.equals("/") ? "" : path.substring(path.lastIndexOf('/')), content);
            }
        } catch (KernelException e) {
            throw new BuildFailure(e.errno().message().toLowerCase(Locale.ROOT));
        }
        String kind = paths.size() > 1 ? "multi:" : hasDirectory() ? "dir:" : "file:";
        return kind + Digests.sha256(content.toString());
    }

    private void describe(String path, String name, StringBuilder content) throws KernelException {
        content.append(name).append('\n');
        if (files.isDirectory(self, path)) {
            for (String child : files.list(self, path).keySet()) {
                describe(TreeCopy.below(path, child), name + "/" + child, content);
            }
            return;
        }
        Bytes bytes = files.readAll(self, path);
        content.append(bytes.length()).append('\n').append(new String(bytes.toArray(), StandardCharsets.ISO_8859_1)).append('\n');
    }

    /** Copies all of them for {@code owner}; {@code target} is absolute, and a directory if it ends with a slash or is one. */
    void copyTo(FileSystem to, String target, CopyOwner.@Nullable Ids owner) throws BuildFailure {
        try {
            for (String path : paths) {
                if (files.isDirectory(self, path)) {
                    copy(path, to, target, owner);
                    continue;
                }
                boolean into = target.endsWith("/") || to.isDirectory(self, target);
                copy(path, to, into ? TreeCopy.below(target, path.substring(path.lastIndexOf('/') + 1)) : target, owner);
            }
        } catch (KernelException e) {
            throw new BuildFailure(e.errno().message().toLowerCase(Locale.ROOT));
        }
    }

    private void copy(String source, FileSystem to, String target, CopyOwner.@Nullable Ids owner) throws KernelException {
        String path = target.length() > 1 ? target.replaceFirst("/+$", "") : target;
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (!parent.isEmpty()) {
            to.addDirectory(parent);
        }
        TreeCopy.copy(self, files, source, to, path,
                (original, made) -> {
                    if (owner != null) {
                        to.changeOwner(self, made, owner.uid(), owner.gid(), false);
                    }
                });
    }
}
