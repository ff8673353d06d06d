package dev.vethlab.engine.command.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.shell.Completer;
import dev.vethlab.engine.shell.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines typed on a bare machine; what bash 5.3 and the GNU programs answer. */
class ShellStoryTest {
    private final ShellBench bench = new ShellBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', value = {
        "echo {1..3} {a,b}c                              ~ 1 2 3 ac bc",
        "x=hello; echo ${#x} ${x:1:3} ${x%lo} ${x/l/L}   ~ 5 ell hel heLlo",
        "set -- a 'b c'; for i in \"$@\"; do echo -n \"[$i]\"; done ~ [a][b c]",
        "case abc in b*) echo B;; a*) echo A;; esac      ~ A",
        "printf 'b\\na\\n' | sort | head -1              ~ a",
        "yes | sed q; yes | awk '{ exit }'; echo ${PIPESTATUS[@]}   ~ y\\n141 0",
        "f() { local v=1; return 3; }; f; echo $? [$v]   ~ 3 []",
        "n=0; while [ $n -lt 3 ]; do n=$((n+1)); done; echo $n ~ 3",
        "(cd /etc; pwd); pwd | tr '\\n' ' '              ~ /etc\\n/root ",
        "a=(x y z); echo ${a[1]} ${#a[@]}                ~ y 3",
        "true | false | true; echo ${PIPESTATUS[@]}      ~ 0 1 0",
        "echo a 2>&1 >/dev/null; echo b >&2 2>/dev/null   ~ b",
        "read a b <<< 'one two three'; echo $b           ~ two three",
        "echo '1 2 3' | awk '{s=0; for (i=1; i<=NF; i++) s+=$i; print s}' ~ 6",
        "echo a.b.c | sed 's/\\./-/2'                    ~ a.b-c",
        "umask '' 2> /dev/null; echo $? $(umask)         ~ 1 0022",
        "cd /; pushd /tmp > /dev/null; pushd /etc > /dev/null; cd /usr; popd +1; echo $OLDPWD ~ /usr /\\n/etc",
        "trap 'echo bye' EXIT; (trap 'echo sub' EXIT); trap - EXIT ~ sub",
    })
    void aLinePrints(String line, String output) {
        assertThat(bench.output(line).stripTrailing()).isEqualTo(output.replace("\\n", "\n").stripTrailing());
    }

    @Test
    void theShellKeepsItsStateBetweenLines() {
        bench.run("x=5; cd /tmp; f() { echo \"f got $1\"; }");

        assertThat(bench.output("f $x; pwd")).isEqualTo("f got 5\n/tmp\n");
    }

    @Test
    void errorsNameTheLineAsCountedSinceTheShellBegan() {
        bench.run("true");

        ShellBench.Answer answer = bench.run("nosuchcommand");

        assertThat(answer.output()).isEqualTo("bash: line 2: nosuchcommand: command not found\n");
        assertThat(answer.status()).isEqualTo(127);
    }

    @Test
    void backgroundJobsOutliveTheirLine() {
        bench.run("{ sleep 2; echo late; } > /tmp/out &");

        assertThat(bench.output("cat /tmp/out; wait; cat /tmp/out")).isEqualTo("late\n");
    }

    @Test
    void aPipelineEndsWhenItsReaderDoes() {
        ShellBench.Answer answer = bench.run("yes | head -2; echo ${PIPESTATUS[@]}");

        assertThat(answer.output()).isEqualTo("y\ny\n141 0\n");
    }

    @Test
    void whatIsNotEmulatedSaysSo() {
        ShellBench.Answer answer = bench.run("man ls");

        assertThat(answer.output()).startsWith("vethlab: ");
        assertThat(answer.status()).isEqualTo(95);
    }

    /** As bash 5.3 and dash 0.5.12 answer. */
    @Test
    void whatADeclarationAssignsIsNotSplit() {
        assertThat(bench.run("x='a b'; export A=$x B=$(echo c d); echo \"[$A][$B]\"").output()).isEqualTo("[a b][c d]\n");
        assertThat(bench.run("x='a b'; f() { local A=$x; echo \"[$A]\"; }; f").output()).isEqualTo("[a b]\n");
        assertThat(bench.run("export A=*; echo \"$A\"; declare A+=$(printf '%3s' x); echo \"$A\"").output()).isEqualTo("*\n*  x\n");
        assertThat(bench.run("n=A; x='a b'; export $n=$x; echo \"[$A]\"").output()).isEqualTo("[a]\n");
        assertThat(bench.run("export A=~/x; echo $A").output()).isEqualTo("/root/x\n");
    }

    @Test
    void argumentsAndEnvironmentAreAsLongAsTheKernelTakesThem() {
        String x = "x=$(head -c 131072 /dev/zero | tr '\\0' x); ";
        assertThat(bench.run(x + "sleep \"$x\"; echo $?").output()).isEqualTo("bash: line 1: /usr/bin/sleep: Argument list too long\n126\n");
        assertThat(bench.run(x + "/usr/bin/env \"${x:1}\" >/dev/null 2>&1; echo $?").output()).isEqualTo("127\n");
        assertThat(bench.run(x + "export x; cat; unset x").output()).contains("cat: Argument list too long");
        assertThat(bench.run(x + "y=${x:2}; sleep $y $y $y $y $y $y $y $y $y $y $y $y $y $y $y $y $y").output()).contains("too long");
    }

    @Test
    void expansionsAreBounded() {
        assertThat(bench.run("echo {1..100000000}").output()).startsWith("vethlab: ");
        assertThat(bench.run("f() { f; }; f").output()).contains("vethlab: functions may call each other");
        assertThat(bench.run("f() " + "{ ".repeat(60) + "f" + "; }".repeat(60) + "; f").output()).contains("vethlab: commands run too deep");
        assertThat(bench.run("x='eval \"$x\"'; eval \"$x\"").output()).contains("vethlab: commands run too deep");
    }

    @Test
    void onATerminalTheProgramReadsWhatIsTypedAndCtrlCStopsIt() {
        var screen = new StringBuilder();
        var terminal = new Terminal(bench.table(), 80, 24, screen::append);
        assertThat(bench.shell().prompt()).isEqualTo("root@host:~# ");

        var cat = bench.shell().run("cat; echo status $?", terminal);
        bench.pass(1);
        terminal.type("hi\n");
        bench.pass(1);
        terminal.type("\003");
        bench.pass(1);

        assertThat(cat.isDone()).isTrue();
        assertThat(cat.status()).isEqualTo(130);
        assertThat(screen.toString()).isEqualTo("hi\r\nhi\r\n^C");
    }

    @Test
    void aShellInATerminalPromptsUntilExit() {
        var screen = new StringBuilder();
        var terminal = new Terminal(bench.table(), 80, 24, screen::append);

        var line = bench.shell().run("bash", terminal);
        bench.pass(1);
        terminal.type("echo $((6*7))\n");
        bench.pass(1);
        terminal.type("exit 3\n");
        bench.pass(1);

        assertThat(line.isDone()).isTrue();
        assertThat(line.status()).isEqualTo(3);
        assertThat(screen.toString()).isEqualTo("root@host:~# echo $((6*7))\r\n42\r\nroot@host:~# exit 3\r\nexit\r\n");
    }

    @Test
    void theTabKeyOffersCommandsAndPaths() {
        assertThat(bench.shell().complete("hea", 3, Completer.NONE)).containsExactly("head");
        assertThat(bench.shell().complete("cat /etc/hostn", 14, Completer.NONE)).containsExactly("/etc/hostname");
        assertThat(bench.shell().complete("echo $HOM", 9, Completer.NONE)).containsExactly("$HOME");
    }

    @Test
    void anOpenQuoteAsksForTheRest() {
        assertThat(bench.shell().isIncomplete("echo 'a")).isTrue();
        assertThat(bench.shell().isIncomplete("cat <<EOF\nx")).isTrue();
        assertThat(bench.shell().isIncomplete("echo a \\")).isTrue();
        assertThat(bench.shell().isIncomplete("echo a")).isFalse();
    }
}
