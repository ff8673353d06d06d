package dev.vethlab.engine.command.core.awk;

/** What mawk says of itself. */
final class AwkUsage {
    static final String VERSION = """
            mawk 1.3.4 20260302
            Copyright 2008-2025,2026, Thomas E. Dickey
            Copyright 1991-1996,2014, Michael D. Brennan

            random-funcs:       srandom/random
            regex-funcs:        internal

            compiled limits:
            sprintf buffer      8192
            maximum-integer     9223372036854775808
            """;

    static final String TEXT = """
            Usage: mawk [Options] [Program] [file ...]

            Program:
                The -f option value is the name of a file containing program text.
                If no -f option is given, a "--" ends option processing; the following
                parameters are the program text.

            Options:
                -f program-file  Program  text is read from file instead of from the
                                 command-line.  Multiple -f options are accepted.
                -F value         sets the field separator, FS, to value.
                -v var=value     assigns value to program variable var.
                --               unambiguous end of options.

                Implementation-specific options are prefixed with "-W".  They can be
                abbreviated:

                -W version       show version information and exit.
                -W dump          show assembler-like listing of program and exit.
                -W help          show this message and exit.
                -W interactive   set unbuffered output, line-buffered input.
                -W exec file     use file as program as well as last option.
                -W posix         stricter POSIX checking.
                -W random=number set initial random seed.
                -W sprintf=number adjust size of sprintf buffer.
                -W traditional   pre-POSIX 2001.
                -W usage         show this message and exit.
            """;

    private AwkUsage() {}
}
