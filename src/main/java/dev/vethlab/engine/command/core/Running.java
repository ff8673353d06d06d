package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.process.file.RegularFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How programs find other programs to run ({@code execvp}): {@code env}, {@code xargs}, {@code timeout}, {@code nsenter} … */
public final class Running {
    /** What {@code nohup} and {@code nice} end with when they themselves fail. */
    private static final int NO_PROGRAM = 125;

    private Running() {}

    /** What {@code name} runs, looked up in the process's {@code PATH}; a script runs by its interpreter. Null if there is none. */
    public static @Nullable Executable find(EmulatedProcess self, String name) {
        FileSystem files = self.context().files();
        String search = Objects.requireNonNullElse(self.context().environment().get("PATH"), "/bin:/usr/bin");
        String path = files.lookupExecutable(self, name, search);
        if (path == null) {
            return null;
        }
        try {
            if (files.stat(self, path) instanceof RegularFile file && file.program() != null) {
                return file.program();
            }
            String text = files.readAll(self, path).text();
            String head = text.lines().findFirst().orElse("");
            List<String> interpreter = List.of((head.startsWith("#!") ? head.substring(2).strip() : "/bin/sh").split("\\s+", 2));
            Executable shell = interpreter.getFirst().equals(path) ? null : find(self, interpreter.getFirst());
            return shell == null ? null : script(shell, interpreter, path);
        } catch (KernelException e) {
            return null;
        }
    }

    private static Program script(Executable shell, List<String> interpreter, String path) {
        return child -> {
            List<String> argv = new ArrayList<>(interpreter);
            argv.add(path);
            argv.addAll(child.arguments().subList(1, child.arguments().size()));
            child.exec(shell, argv);
            return 0;
        };
    }

    /** {@code nohup}: the program does not hear that its terminal is gone; what it prints to one goes to {@code nohup.out}. */
    static int nohup(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+");
        if (options == null) {
            return NO_PROGRAM;
        }
        if (options.operands().isEmpty()) {
            Gnu.missingOperand(self);
            return NO_PROGRAM;
        }
        self.ignoreSignal(Signal.HUP);
        if (self.descriptor(1).isTerminal()) {
            self.error("nohup: ignoring input and appending output to 'nohup.out'");
            try {
                OpenFile output = self.context().files().open(self, "nohup.out", OpenMode.APPEND);
                self.setDescriptor(1, output);
                self.setDescriptor(2, output);
                self.setDescriptor(0, new NullFile());
            } catch (KernelException e) {
                Gnu.complain(self, "nohup.out", e);
                return NO_PROGRAM;
            }
        }
        return replace(self, options.operands());
    }

    /** {@code nice}: there is one processor's time for all, so nothing changes. */
    static int nice(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+n:", "adjustment:=n");
        if (options == null) {
            return NO_PROGRAM;
        }
        if (options.operands().isEmpty()) {
            self.println("0");
            return 0;
        }
        return replace(self, options.operands());
    }

    /** Becomes the program that {@code words} call; its status never comes, that of a failure does. */
    static int replace(EmulatedProcess self, List<String> words) {
        Executable program = find(self, words.getFirst());
        if (program == null) {
            return notFound(self, words.getFirst());
        }
        self.exec(program, words);
        return 0;
    }

    /** Says why a program cannot be run: 127 if there is none, 126 if it may not. */
    public static int notFound(EmulatedProcess self, String name) {
        boolean exists = name.indexOf('/') >= 0 && self.context().files().exists(self, name);
        String message = (exists ? Errno.EACCES : Errno.ENOENT).message();
        switch (self.name()) {
            case "nohup" -> self.error("nohup: failed to run command '" + name + "': " + message);
            case "timeout" -> self.error("timeout: failed to run command " + Gnu.quote(self, name) + ": " + message);
            case "xargs" -> self.error("xargs: failed to run command " + Gnu.quote(self, name) + ": " + message);
            case "env", "nice" -> self.error(self.name() + ": " + Gnu.quote(self, name) + ": " + message);
            default -> self.error(self.name() + ": " + name + ": " + message);
        }
        return exists ? 126 : 127;
    }
}
