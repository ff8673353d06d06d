package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;

/** Finds the files whose paths match a pattern, sorted. */
public final class PathExpansion {
    private static final int MAX_NAMES = 20_000;

    private final EmulatedProcess process;

    public PathExpansion(EmulatedProcess process) {
        this.process = process;
    }

    /** The paths that match; empty if none does. */
    public List<String> expand(String pattern) {
        List<String> found = List.of("");
        String[] elements = pattern.split("/", -1);
        for (int i = 0; i < elements.length; i++) {
            String element = elements[i];
            String slash = i == 0 ? "" : "/";
            List<String> next = new ArrayList<>();
            for (String base : found) {
                if (element.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
                    next.add(base + slash + element.replace("\\", ""));
                } else {
                    matching(base, slash, element, next);
                }
            }
            found = next;
        }
        return found.stream().filter(path -> process.context().files().exists(process, path)).toList();
    }

    private void matching(String base, String slash, String element, List<String> found) {
        String directory = base.isEmpty() ? slash.isEmpty() ? "." : "/" : base;
        try {
            for (String name : process.context().files().list(process, directory).keySet()) {
                if ((!name.startsWith(".") || element.startsWith(".")) && Glob.matches(element, name)) {
                    found.add(base + slash + name);
                    if (found.size() > MAX_NAMES) {
                        throw new ExpansionError("vethlab: a pattern may match " + MAX_NAMES + " files");
                    }
                }
            }
        } catch (KernelException e) {
            // what is no directory has no entries
        }
    }
}
