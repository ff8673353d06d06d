package dev.vethlab.engine.shell.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell's grammar. */
class ParserTest {
    private static final List<String> PIECES = List.of("if", "then", "fi", "for", "in", "do", "done", "case", "esac", "{", "}", "(", ")",
            ";", ";;", "&",
            "&&", "|", "<<", "EOF", "\n", " ", "$(", "${", "$((", "))", "`", "'", "\"", "\\", "x", "=", ">", "<", "[[", "]]", "!",
                    "function", "~", "$");

    private static Command parse(String text) throws SyntaxError {
        return new Parser(text, 1).program();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "echo a b                            ; Simple",
        "a &                                 ; Sequence",
        "! true                              ; Pipeline",
        "a && b                              ; AndOr",
        "( a )                               ; Subshell",
        "{ a; }                              ; Group",
        "if a; then b; elif c; then d; fi    ; If",
        "until a; do b; done                 ; While",
        "for x in 1 2; do a; done            ; For",
        "for ((i=0; i<3; i++)); do a; done   ; ArithmeticFor",
        "f() { a; }                          ; Function",
        "(( 1 + 1 ))                         ; Arithmetic",
        "[[ -f x && ! a == b ]]              ; Conditional",
        "{ a; } > f                          ; Redirected",
    })
    void eachKindOfCommandIsTold(String row) throws SyntaxError {
        int cut = row.lastIndexOf(';');

        assertThat(parse(row.substring(0, cut).strip()).getClass().getSimpleName()).isEqualTo(row.substring(cut + 1).strip());
    }

    @Test
    void aHereDocumentIsReadAfterItsLine() throws SyntaxError {
        Command.Simple command = (Command.Simple) parse("cat <<EOF\nhello\nEOF\n");

        assertThat(command.redirections().getFirst().text()).isEqualTo(Word.quoted("hello\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'a", "echo \"a", "if true; then", "for x in 1", "echo $(ls", "a |", "a &&", "{ a;", "f() {", "[[ a =="})
    void anUnfinishedCommandAsksForMore(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(SyntaxError.class, e -> assertThat(e.isIncomplete()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "fi            ! syntax error near unexpected token `fi'",
        "a ; ; b       ! syntax error near unexpected token `;'",
        "echo )        ! syntax error near unexpected token `)'",
    })
    void aMistakeHasBashsWords(String row) {
        String[] parts = row.split("!");

        assertThatThrownBy(() -> parse(parts[0].strip())).hasMessage(parts[1].strip());
    }

    @Test
    void nestingEndsInAnErrorAndNotInAStackOverflow() {
        assertThatThrownBy(() -> parse("( ".repeat(5_000))).isInstanceOf(SyntaxError.class).hasMessageStartingWith("vethlab:");
        assertThatThrownBy(() -> parse("echo " + "$(".repeat(5_000))).isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> parse("echo " + "${x:-".repeat(5_000))).isInstanceOf(SyntaxError.class);
    }

    @Test
    void anyTextEitherParsesOrIsASyntaxError() {
        qt().withExamples(2_000).forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 60)).check(ParserTest::ends);
        qt().withExamples(3_000)
                .forAll(lists().of(integers().between(0, PIECES.size() - 1)).ofSizeBetween(0, 25))
                .check(pieces -> ends(String.join("", pieces.stream().map(PIECES::get).toList())));
    }

    private static boolean ends(String text) {
        try {
            parse(text);
        } catch (SyntaxError e) {
            return e.getMessage() != null;
        }
        return true;
    }
}
