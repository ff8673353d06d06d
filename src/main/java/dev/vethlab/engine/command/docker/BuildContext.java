package dev.vethlab.engine.command.docker;

import com.google.re2j.Pattern;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.TreeCopy;
import java.util.ArrayList;
import java.util.List;

/** The files that a build is sent: a directory without what its {@code .dockerignore} names. */
final class BuildContext {
    private static final int BLOCK = 512;

    private record Rule(Pattern pattern, boolean keeps) {}

    private BuildContext() {}

    /** @param dockerfile a path in the context that is sent whatever the rules say; empty for none */
    static FileSystem collect(EmulatedProcess self, String root, String dockerfile) throws KernelException {
        FileSystem files = self.context().files();
        String ignore = root.replaceFirst("/*$", "/") + ".dockerignore";
        List<Rule> rules = files.exists(self, ignore) ? rules(files.readAll(self, ignore).text()) : List.of();
        var context = new FileSystem();
        collect(self, files, root, "", rules, dockerfile, context);
        return context;
    }

    private static void collect(
            EmulatedProcess self, FileSystem files, String root, String path, List<Rule> rules, String dockerfile, FileSystem context)
            throws KernelException {
        for (String name : files.list(self, root + "/" + path).keySet()) {
            String inner = path.isEmpty() ? name : path + "/" + name;
            String full = TreeCopy.below(root, inner);
            if (files.isDirectory(self, full)) {
                if (!isIgnored(inner, rules)) {
                    context.addDirectory("/" + inner);
                }
                collect(self, files, root, inner, rules, dockerfile, context);
            } else if (inner.equals(dockerfile) || inner.equals(".dockerignore") || !isIgnored(inner, rules)) {
                if (!path.isEmpty()) {
                    context.addDirectory("/" + path);
                }
                TreeCopy.copy(self, files, full, context, "/" + inner);
            }
        }
    }

    private static List<Rule> rules(String text) {
        var rules = new ArrayList<Rule>();
        for (String line : text.split("\n")) {
            String rule = line.strip();
            if (rule.isEmpty() || rule.startsWith("#")) {
                continue;
            }
            boolean keeps = rule.startsWith("!");
            String pattern = (keeps ? rule.substring(1) : rule).strip().replaceFirst("^/+", "").replaceFirst("/+$", "");
            rules.add(new Rule(regex(pattern), keeps));
        }
        return rules;
    }

    /** {@code *}, {@code ?}, and {@code **} for any directories; what is below a match matches ({@code moby/patternmatcher}). */
    private static Pattern regex(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex + "(?:/.*)?");
    }

    /** The last rule that matches decides. */
    private static boolean isIgnored(String path, List<Rule> rules) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                ignored = !rule.keeps();
            }
        }
        return ignored;
    }

    /** Bytes of the files as a tar archive: a block a file, contents in whole blocks, two blocks at the end. */
    static long archiveSize(EmulatedProcess self, FileSystem files) {
        try {
            return sizeBelow(self, files, "/") + 2 * BLOCK;
        } catch (KernelException e) {
            return 2 * BLOCK;
        }
    }

    private static long sizeBelow(EmulatedProcess self, FileSystem files, String path) throws KernelException {
        long size = 0;
        for (String name : files.list(self, path).keySet()) {
            String full = TreeCopy.below(path, name);
            boolean directory = files.isDirectory(self, full);
            size += BLOCK + (directory ? sizeBelow(self, files, full) : (files.stat(self, full).size() + BLOCK - 1) / BLOCK * BLOCK);
        }
        return size;
    }
}
