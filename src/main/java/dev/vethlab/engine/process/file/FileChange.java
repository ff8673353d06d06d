package dev.vethlab.engine.process.file;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a path of a tree differs from the tree that it was copied from.
 *
 * @param kind {@code A}dded, {@code C}hanged or {@code D}eleted
 * @param size bytes of the file that is there now
 */
public record FileChange(char kind, String path, long size) {
    /** By path, sorted, without {@code ignored}; of other file systems only the places that were made for them to be mounted on. */
    static List<FileChange> between(Directory before, Directory after, List<String> ignored) {
        var changes = new ArrayList<FileChange>();
        compare(before, after, "", ignored, changes);
        return changes;
    }

    private static void compare(Directory before, Directory after, String path, List<String> ignored, List<FileChange> changes) {
        var names = new TreeSet<>(before.children.keySet());
        names.addAll(after.children.keySet());
        for (String name : names) {
            Node was = before.children.get(name);
            Node is = after.children.get(name);
            String here = path + "/" + name;
            if (was == is || was != null && is instanceof Mount || ignored.contains(here)) {
                continue;
            }
            if (was == null) {
                added(is, here, changes);
            } else if (is == null) {
                changes.add(new FileChange('D', here, 0));
            } else if (was instanceof Directory from && is instanceof Directory to) {
                int size = changes.size();
                compare(from, to, here, ignored, changes);
                if (changes.size() > size || !isOwnedAlike(from, to)) {
                    changes.add(size, new FileChange('C', here, 0));
                }
            } else if (!isSame(was, is)) {
                changes.add(new FileChange('C', here, is.size()));
            }
        }
    }

    private static void added(@Nullable Node node, String path, List<FileChange> changes) {
        if (node instanceof GeneratedDirectory || node instanceof SpecialFile) {
            return;
        }
        changes.add(new FileChange('A', path, node instanceof RegularFile ? node.size() : 0));
        if (node instanceof Directory directory) {
            directory.children.forEach((name, child) -> added(child, path + "/" + name, changes));
        }
    }

    private static boolean isOwnedAlike(Node was, Node is) {
        return was.mode() == is.mode() && was.uid() == is.uid() && was.gid() == is.gid();
    }

    private static boolean isSame(Node was, Node is) {
        return isOwnedAlike(was, is) && was instanceof RegularFile before && is instanceof RegularFile after
                && before.modified() == after.modified() && before.size() == after.size()
                && before.read(0, (int) before.size()).equals(after.read(0, (int) after.size()));
    }
}
