package dev.vethlab.workshop.seat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.workshop.Activity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void aSeatIsALine() {
        var work = new Work(2, 3, 5, 8, new Activity(12, 3, 1, "curl 192.168.1.10:5001", 7, "curl: (7) …"), NINE.plusSeconds(60), NINE, null);
        assertThat(Outcome.csv(List.of(seat("Ada", work)))).isEqualTo("""
                name,joined,steps done,steps,checks ticked,checks,commands,errors,last command,last exit status,last active,finished\r
                Ada,2026-03-02T09:00:00Z,2,3,5,8,12,3,curl 192.168.1.10:5001,7,2026-03-02T09:01:00Z,\r
                """);
    }

    @Test
    void whoTypedNothingHasNoExitStatus() {
        assertThat(Outcome.csv(List.of(seat("Ada", Work.NONE)))).endsWith("\r\nAda,2026-03-02T09:00:00Z,0,0,0,0,0,0,,,,\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            =1+1                   | "'=1+1"
            +49                    | "'+49"
            -ls                    | "'-ls"
            @SUM(A1)               | "'@SUM(A1)"
            =HYPERLINK("http://x") | "'=HYPERLINK(""http://x"")"
            ＝1+1                  | "'＝1+1"
            a,b                    | "a,b"
            a;b                    | "a;b"
            say "hi"               | "say ""hi""\"
            O'Neill                | "O'Neill"
            a=b                    | a=b
            """)
    void noCellIsAFormulaNorEndsEarly(String name, String cell) {
        assertThat(Outcome.csv(List.of(seat(name, Work.NONE)))).contains("\r\n" + cell + ",2026-03-02T09:00:00Z,");
    }

    private static Seat seat(String name, Work work) {
        return new Seat("1", name, "s", "l", NINE, work, 0);
    }
}
