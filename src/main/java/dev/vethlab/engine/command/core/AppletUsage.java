package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Map;
import java.util.TreeMap;

/** What applets of busybox say when they are called wrongly: who they are, and how they are called. */
public final class AppletUsage {
    public static final String BANNER = "BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.";

    private static final Map<String, String> TEXTS = new TreeMap<>();

    static {
        TEXTS.put("basename", """
                FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...

                Strip directory path and SUFFIX from FILE

                \t-a\t\tAll arguments are FILEs
                \t-s SUFFIX\tRemove SUFFIX (implies -a)""");
        TEXTS.put("chgrp", """
                [-RhLHPcvf]... GROUP FILE...

                Change the group membership of FILEs to GROUP

                \t-h\tAffect symlinks instead of symlink targets
                \t-L\tTraverse all symlinks to directories
                \t-H\tTraverse symlinks on command line only
                \t-P\tDon't traverse symlinks (default)
                \t-R\tRecurse
                \t-c\tList changed files
                \t-v\tVerbose
                \t-f\tHide errors""");
        TEXTS.put("chmod", """
                [-Rcvf] MODE[,MODE]... FILE...

                MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]

                \t-R\tRecurse
                \t-c\tList changed files
                \t-v\tVerbose
                \t-f\tHide errors""");
        TEXTS.put("chown", """
                [-RhLHPcvf]... USER[:[GRP]] FILE...

                Change the owner and/or group of FILEs to USER and/or GRP

                \t-h\tAffect symlinks instead of symlink targets
                \t-L\tTraverse all symlinks to directories
                \t-H\tTraverse symlinks on command line only
                \t-P\tDon't traverse symlinks (default)
                \t-R\tRecurse
                \t-c\tList changed files
                \t-v\tVerbose
                \t-f\tHide errors""");
        TEXTS.put("hostname", """
                [-sidf] [HOSTNAME | -F FILE]

                Show or set hostname or DNS domain name

                \t-s\tShort
                \t-i\tAddresses for the hostname
                \t-d\tDNS domain name
                \t-f\tFully qualified domain name
                \t-F FILE\tUse FILE's content as hostname""");
        TEXTS.put("cp", """
                [-arPLHpfinlsTu] SOURCE DEST
                or: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }

                Copy SOURCEs to DEST

                \t-a\tSame as -dpR
                \t-R,-r\tRecurse
                \t-d,-P\tPreserve symlinks (default if -R)
                \t-L\tFollow all symlinks
                \t-H\tFollow symlinks on command line
                \t-p\tPreserve file attributes if possible
                \t-f\tOverwrite
                \t-i\tPrompt before overwrite
                \t-n\tDon't overwrite
                \t-l,-s\tCreate (sym)links
                \t-T\tRefuse to copy if DEST is a directory
                \t-t DIR\tCopy all SOURCEs into DIR
                \t-u\tCopy only newer files""");
        TEXTS.put("cut", """
                {-b|c LIST | -f|F LIST [-d SEP] [-s]} [-D] [-O SEP] [FILE]...

                Print selected fields from FILEs to stdout

                \t-b LIST\tOutput only bytes from LIST
                \t-c LIST\tOutput only characters from LIST
                \t-d SEP\tInput field delimiter (default -f TAB, -F run of whitespace)
                \t-f LIST\tPrint only these fields (-d is single char)
                \t-F LIST\tPrint only these fields (-d is regex)
                \t-s\tDrop lines with no delimiter (else print them in full)
                \t-D\tDon't sort ranges; line without delimiters has one field
                \t--output-delimiter SEP\tOutput field delimiter
                \t-n\tIgnored""");
        TEXTS.put("dirname", """
                FILENAME

                Strip non-directory suffix from FILENAME""");
        TEXTS.put("ln", """
                [-sfnbtv] [-S SUF] TARGET... LINK|DIR

                Create a link LINK or DIR/TARGET to the specified TARGET(s)

                \t-s\tMake symlinks instead of hardlinks
                \t-f\tRemove existing destinations
                \t-n\tDon't dereference symlinks - treat like normal file
                \t-b\tMake a backup of the target (if exists) before link operation
                \t-S SUF\tUse suffix instead of ~ when making backup files
                \t-T\tTreat LINK as a file, not DIR
                \t-v\tVerbose""");
        TEXTS.put("mkdir", """
                [-m MODE] [-p] DIRECTORY...

                Create DIRECTORY

                \t-m MODE\tMode
                \t-p\tNo error if exists; make parent directories as needed""");
        TEXTS.put("mktemp", """
                [-dt] [-p DIR] [TEMPLATE]

                Create a temporary file with name based on TEMPLATE and print its name.
                TEMPLATE must end with XXXXXX (e.g. [/dir/]nameXXXXXX).
                Without TEMPLATE, -t tmp.XXXXXX is assumed.

                \t-d\tMake directory, not file
                \t-q\tFail silently on errors
                \t-t\tPrepend base directory name to TEMPLATE
                \t-p DIR\tUse DIR as a base directory (implies -t)
                \t-u\tDo not create anything; print a name

                Base directory is: -p DIR, else $TMPDIR, else /tmp""");
        TEXTS.put("mv", """
                [-finT] SOURCE DEST
                or: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }

                Rename SOURCE to DEST, or move SOURCEs to DIRECTORY

                \t-f\tDon't prompt before overwriting
                \t-i\tInteractive, prompt before overwrite
                \t-n\tDon't overwrite an existing file
                \t-T\tRefuse to move if DEST is a directory
                \t-t DIR\tMove all SOURCEs into DIR""");
        TEXTS.put("readlink", """
                [-fnv] FILE

                Display the value of a symlink

                \t-n\tDon't add newline
                \t-f\tCanonicalize by following all symlinks
                \t-v\tVerbose""");
        TEXTS.put("realpath", """
                FILE...

                Print absolute pathnames of FILEs""");
        TEXTS.put("rm", """
                [-irf] FILE...

                Remove (unlink) FILEs

                \t-i\tAlways prompt before removing
                \t-f\tNever prompt
                \t-R,-r\tRecurse""");
        TEXTS.put("rmdir", """
                [-p] DIRECTORY...

                Remove DIRECTORY if it is empty

                \t-p\tInclude parents
                \t--ignore-fail-on-non-empty""");
        TEXTS.put("seq", """
                [-w] [-s SEP] [FIRST [INC]] LAST

                Print numbers from FIRST to LAST, in steps of INC.
                FIRST, INC default to 1.

                \t-w\tPad with leading zeros
                \t-s SEP\tString separator""");
        TEXTS.put("sleep", """
                [N]...

                Pause for a time equal to the total of the args given, where each arg can
                have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays""");
        TEXTS.put("stat", """
                [-ltf] [-c FMT] FILE...

                Display file (default) or filesystem status

                \t-c FMT\tUse the specified format
                \t-f\tDisplay filesystem status
                \t-L\tFollow links
                \t-t\tTerse display

                FMT sequences for files:
                 %a\tAccess rights in octal
                 %A\tAccess rights in human readable form
                 %b\tNumber of blocks allocated (see %B)
                 %B\tSize in bytes of each block reported by %b
                 %d\tDevice number in decimal
                 %D\tDevice number in hex
                 %f\tRaw mode in hex
                 %F\tFile type
                 %g\tGroup ID
                 %G\tGroup name
                 %h\tNumber of hard links
                 %i\tInode number
                 %n\tFile name
                 %N\tFile name, with -> TARGET if symlink
                 %o\tI/O block size
                 %s\tTotal size in bytes
                 %t\tMajor device type in hex
                 %T\tMinor device type in hex
                 %u\tUser ID
                 %U\tUser name
                 %x\tTime of last access
                 %X\tTime of last access as seconds since Epoch
                 %y\tTime of last modification
                 %Y\tTime of last modification as seconds since Epoch
                 %z\tTime of last change
                 %Z\tTime of last change as seconds since Epoch

                FMT sequences for file systems:
                 %a\tFree blocks available to non-superuser
                 %b\tTotal data blocks
                 %c\tTotal file nodes
                 %d\tFree file nodes
                 %f\tFree blocks
                 %i\tFile System ID in hex
                 %l\tMaximum length of filenames
                 %n\tFile name
                 %s\tBlock size (for faster transfer)
                 %S\tFundamental block size (for block counts)
                 %t\tType in hex
                 %T\tType in human readable form""");
        TEXTS.put("tar", """
                c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...

                Create, extract, or list files from a tar file

                \tc\tCreate
                \tx\tExtract
                \tt\tList
                \t-f FILE\tName of TARFILE ('-' for stdin/out)
                \t-C DIR\tChange to DIR before operation
                \t-v\tVerbose
                \t-O\tExtract to stdout
                \t-m\tDon't restore mtime
                \t-o\tDon't restore user:group
                \t-k\tDon't replace existing files
                \t-Z\t(De)compress using compress
                \t-z\t(De)compress using gzip
                \t-J\t(De)compress using xz
                \t-j\t(De)compress using bzip2
                \t--lzma\t(De)compress using lzma
                \t-a\t(De)compress based on extension
                \t-h\tFollow symlinks
                \t--overwrite\t\tReplace existing files
                \t--strip-components NUM\tNUM of leading components to strip
                \t--no-recursion\t\tDon't descend in directories
                \t--numeric-owner\t\tUse numeric user:group
                \t--no-same-permissions\tDon't restore access permissions
                \t--to-command COMMAND\tPipe files to COMMAND""");
        TEXTS.put("tee", """
                [-ai] [FILE]...

                Copy stdin to each FILE, and also to stdout

                \t-a\tAppend to the given FILEs, don't overwrite
                \t-i\tIgnore interrupt signals (SIGINT)""");
        TEXTS.put("timeout", """
                [-s SIG] [-k KILL_SECS] SECS PROG ARGS

                Run PROG. Send SIG to it if it is not gone in SECS seconds.
                Default SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.""");
        TEXTS.put("touch", """
                [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...

                Update mtime of FILEs

                \t-c\tDon't create files
                \t-h\tDon't follow links
                \t-a\tChange only atime
                \t-m\tChange only mtime
                \t-d DT\tDate/time to use
                \t-t DT\tDate/time to use
                \t-r FILE\tUse FILE's date/time""");
        TEXTS.put("truncate", """
                [-c] -s SIZE FILE...

                Truncate FILEs to SIZE

                \t-c\tDo not create files
                \t-s SIZE""");
    }

    private AppletUsage() {}

    /** Prints it if the process is such an applet; whether it was. */
    public static boolean print(EmulatedProcess self) {
        String text = Applet.is(self) ? TEXTS.get(self.name()) : null;
        if (text != null) {
            self.error(BANNER + "\n\nUsage: " + self.name() + " " + text);
        }
        return text != null;
    }
}
