package dev.vethlab.engine.command.docker.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates as people type them after {@code --format}; all answers were given by Docker's client 28.5.2. */
class TemplateTest {
    private static final Struct BINDING = new Struct("nat.PortBinding").put("HostIP", "HostIp", "0.0.0.0").put("HostPort", "5001");
    private static final Struct WEB = new Struct("container.InspectResponse")
            .put("ID", "Id", "60faf7593467b1ab")
            .put("Name", "/web")
            .put("State", new Struct("container.State").put("Running", true))
            .put("Config", new Struct("container.Config")
                    .put("Cmd", List.of("python3", "/my-app.py")).put("Labels", new TreeMap<>()))
            .put("Ports", new TreeMap<>(java.util.Map.of("5001/tcp", List.of(BINDING))));

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', value = {
        "{{.Id | printf \"%.12s\"}} => 60faf7593467",
        "{{printf \"%.12s\" .ID}} => 60faf7593467",
        "{{.Config.Cmd}} {{.Config.Labels}} => [python3 /my-app.py] map[]",
        "{{eq .Name \"/web\"}} {{not true}} {{and 1 0}} {{or \"\" \"x\"}} => true false 0 x",
        "{{range $k, $v := .Ports}}{{$k}} -> {{(index $v 0).HostPort}}{{end}} => 5001/tcp -> 5001",
        "{{json .State.Running}} {{json .Config.Cmd}} {{json .Name}} => true [\"python3\",\"/my-app.py\"] \"/web\"",
        "{{json .Ports}} => {\"5001/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"5001\"}]}",
        "{{.Ports}} => map[5001/tcp:[{0.0.0.0 5001}]]",
        "{{/* c */}}a {{- \" b \" -}} c {{\"q\\\"x\"}} {{`raw`}} {{1}} {{1.5}} => a b c q\"x raw 1 1.5",
        "{{print 1 2 \"a\" \"b\" 3}} => 1 2ab3",
        "{{$x := .Name}}{{$x}} {{range $i, $e := .Config.Cmd}}{{if $i}},{{end}}{{$e}}{{else}}none{{end}} => /web python3,/my-app.py",
        "{{lt 1 2}} {{slice .Name 1 3}} {{html \"<a>\"}} => true we &lt;a&gt;",
        "{{printf \"%d %5d|%-5d|%05d %x\" 5 5 5 5 255}} => 5     5|5    |00005 ff",
        "{{printf \"%q %t %v %s\" \"hi\" true nil 3}} => \"hi\" true <nil> %!s(int=3)",
        "{{join .Config.Cmd \" \"}} {{upper .Name}} {{title \"abc def\"}} => python3 /my-app.py /WEB Abc Def",
        "{{if .State.Running}}up{{else if true}}x{{else}}down{{end}} => up",
        "{{with .State}}{{.Running}}{{end}} => true",
    })
    void answers(String template, String answer) throws TemplateException {
        assertThat(Template.parse(template).executeWithRawFallback(WEB)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', value = {
        "{{.Foo}} => template: :1:2: executing \"\" at <.Foo>: map has no entry for key \"Foo\"",
        "{{.State.Foo}} => template: :1:8: executing \"\" at <.State.Foo>: map has no entry for key \"Foo\"",
        "{{.Name.Foo}} => template: :1:7: executing \"\" at <.Name.Foo>: can't evaluate field Foo in type interface {}",
        "{{index .Config.Cmd 7}} => template: :1:2: executing \"\" at <index .Config.Cmd 7>: error calling index: index out of range: 7",
        "{{eq 1 \"a\"}} => template: :1:2: executing \"\" at <eq 1 \"a\">: error calling eq: incompatible types for comparison: int and string",
        "{{len 3}} => template: :1:2: executing \"\" at <len 3>: error calling len: len of type int",
        "{{join .Config.Cmd \" \"}} {{.Id}} => "
                + "template: :1:14: executing \"\" at <.Config.Cmd>: wrong type for value; expected []string; got []interface {}",
        "{{range .Name}}x{{end}} => template: :1:8: executing \"\" at <.Name>: range can't iterate over /web",
    })
    void complaints(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template).executeWithRawFallback(WEB)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '~', value = {
        "{{ => template: :1: unclosed action",
        "{{.Id => template: :1: unclosed action",
        "{{nosuch .Id}} => template: :1: function \"nosuch\" not defined",
        "{{if .Id}}yes => template: :1: unexpected EOF",
        "{{end}} => template: :1: unexpected {{end}}",
    })
    void parseErrors(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template)).hasMessage(message)
                .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.isParsing()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{{.", "{{)}}", "{{(", "}}", "{{|}}", "{{$}}", "{{$x}}", "{{\"", "{{range}}", "{{else}}", "{{.a.b.c", "{{1.2.3}}", "{{'"
    })
    void nonsenseIsRefusedOrPrintedButNeverBreaks(String template) {
        try {
            Template.parse(template).execute(WEB);
        } catch (TemplateException e) {
            assertThat(e).hasMessageStartingWith("template: :1");
        }
    }

    @Test
    void aMissingMapKeyHasNoValueInTypedData() throws TemplateException {
        assertThat(Template.parse("{{.Config.Labels.a}}").execute(WEB)).isEqualTo("<no value>");
    }
}
