package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.core.awk.Awk;
import dev.vethlab.engine.command.core.jq.Jq;
import dev.vethlab.engine.command.core.sed.Sed;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.shell.ShellProgram;
import dev.vethlab.engine.shell.ShellState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs of this package and those below it, by the name that they are called by. */
public final class CorePrograms {
    private CorePrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("bash", new ShellProgram(ShellState.Dialect.BASH));
        programs.put("sh", new ShellProgram(ShellState.Dialect.DASH));
        programs.put("dash", new ShellProgram(ShellState.Dialect.DASH));
        texts(programs);
        files(programs);
        add(programs, "sleep", Waiting::sleep);
        add(programs, "timeout", Waiting::timeout);
        add(programs, "watch", Waiting::watch);
        add(programs, "yes", Waiting::yes);
        add(programs, "true", self -> 0);
        add(programs, "false", self -> 1);
        system(programs);
        add(programs, "sysctl", Sysctl::main);
        return programs;
    }

    /** What a slim Debian does not have, and other images do. */
    public static Map<String, Executable> extras() {
        var programs = new LinkedHashMap<String, Executable>();
        add(programs, "rev", Cat::rev);
        add(programs, "column", Cut::column);
        add(programs, "hexdump", Numbers::dump);
        add(programs, "killall", Processes::killall);
        return programs;
    }

    private static void texts(Map<String, Executable> programs) {
        add(programs, "cat", Cat::cat);
        add(programs, "tac", Cat::tac);
        add(programs, "nl", Cat::nl);
        add(programs, "tee", Cat::tee);
        add(programs, "head", HeadTail::head);
        add(programs, "tail", HeadTail::tail);
        add(programs, "wc", Wc::main);
        add(programs, "grep", Grep::main);
        add(programs, "egrep", Grep::main);
        add(programs, "fgrep", Grep::main);
        add(programs, "cut", Cut::cut);
        add(programs, "paste", Cut::paste);
        add(programs, "sort", Sort::sort);
        add(programs, "uniq", Uniq::main);
        add(programs, "tr", Tr::main);
        add(programs, "less", Cat::cat);
        add(programs, "more", Cat::cat);
        add(programs, "echo", Numbers::echo);
        add(programs, "printf", Numbers::printf);
        add(programs, "test", Numbers::test);
        add(programs, "[", Numbers::test);
        add(programs, "seq", Numbers::seq);
        add(programs, "expr", Expr::main);
        add(programs, "diff", Diff::main);
        add(programs, "comm", Compare::comm);
        add(programs, "join", Join::main);
        add(programs, "cmp", Compare::cmp);
        add(programs, "fold", Fold::fold);
        add(programs, "split", Split::main);
        add(programs, "expand", Fold::expand);
        for (String checksum : List.of("md5sum", "sha1sum", "sha256sum", "sha512sum")) {
            add(programs, checksum, Numbers::checksum);
        }
        add(programs, "base64", Numbers::base64);
        add(programs, "od", Numbers::dump);
        add(programs, "xargs", Xargs::main);
        add(programs, "find", Find::main);
        add(programs, "sed", Sed::main);
        add(programs, "awk", Awk::main);
    }

    private static void system(Map<String, Executable> programs) {
        add(programs, "su", Switching::su);
        add(programs, "runuser", Switching::su);
        add(programs, "setpriv", Switching::setpriv);
        add(programs, "id", Identity::id);
        add(programs, "whoami", Identity::whoami);
        add(programs, "hostname", Identity::hostname);
        add(programs, "uname", Identity::uname);
        add(programs, "uptime", Identity::uptime);
        add(programs, "date", Identity::date);
        add(programs, "env", Identity::env);
        add(programs, "printenv", Identity::printenv);
        add(programs, "nproc", Identity::nproc);
        add(programs, "arch", Identity::arch);
        add(programs, "groups", Identity::groups);
        add(programs, "logname", Identity::logname);
        add(programs, "tty", Identity::tty);
        add(programs, "nohup", Running::nohup);
        add(programs, "nice", Running::nice);
        add(programs, "sync", self -> 0);
        add(programs, "clear", Identity::clear);
        add(programs, "man", Identity::man);
        add(programs, "jq", Jq::main);
        add(programs, "ps", Processes::ps);
        add(programs, "top", Processes::top);
        add(programs, "kill", Processes::kill);
        add(programs, "pgrep", Processes::pgrep);
        add(programs, "pkill", Processes::pgrep);
        add(programs, "pidof", Processes::pidof);
    }

    private static void files(Map<String, Executable> programs) {
        add(programs, "ls", Ls::main);
        add(programs, "rm", FileCommands::rm);
        add(programs, "rmdir", FileCommands::rmdir);
        add(programs, "mkdir", FileCommands::mkdir);
        add(programs, "touch", FileCommands::touch);
        add(programs, "chmod", FileCommands::chmod);
        add(programs, "chown", Ownership::main);
        add(programs, "chgrp", Ownership::main);
        add(programs, "ln", FileCommands::ln);
        add(programs, "truncate", FileCommands::truncate);
        add(programs, "mktemp", FileCommands::mktemp);
        add(programs, "cp", CopyMove::main);
        add(programs, "mv", CopyMove::main);
        add(programs, "basename", PathCommands::basename);
        add(programs, "dirname", PathCommands::dirname);
        add(programs, "readlink", PathCommands::readlink);
        add(programs, "realpath", PathCommands::realpath);
        add(programs, "pwd", self -> {
            self.println(self.context().directory());
            return 0;
        });
        add(programs, "which", PathCommands::which);
        add(programs, "stat", PathCommands::stat);
        add(programs, "du", PathCommands::du);
    }

    private static void add(Map<String, Executable> programs, String name, Program program) {
        programs.put(name, program);
    }
}
