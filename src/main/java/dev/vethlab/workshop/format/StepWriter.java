package dev.vethlab.workshop.format;

import dev.vethlab.workshop.Line;
import dev.vethlab.workshop.Question;
import dev.vethlab.workshop.Step;
import dev.vethlab.workshop.check.Check;
import dev.vethlab.workshop.check.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers a step while its blocks are read, and writes its HTML: text as it is, everything else as places the page fills with life. */
final class StepWriter {
    private final String title;
    private final StringBuilder html = new StringBuilder();
    private final List<Step.Goal> goals = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<String> focus = new ArrayList<>();
    private final List<String> fold = new ArrayList<>();
    private final List<Line> solution = new ArrayList<>();
    private int hints;

    StepWriter(String title) {
        this.title = title;
    }

    void text(String rendered) {
        html.append(rendered);
    }

    /** A command to click. */
    void run(String node, String command) {
        solution.add(new Line(node, command));
        html.append("<div class=\"run\" data-node=\"").append(Html.escape(node)).append("\" data-command=\"").append(Html.escape(command))
                .append("\"><code>").append(Html.escape(command)).append("</code></div>\n");
    }

    /** A command that the learner has to find. */
    void solution(String node, String command) {
        solution.add(new Line(node, command));
    }

    void hint(String markdown) {
        hints++;
        html.append("<details class=\"hint\"><summary>Hint").append(hints > 1 ? " " + hints : "").append("</summary>")
                .append(Html.block(markdown)).append("</details>\n");
    }

    void focus(List<String> nodes) {
        focus.addAll(nodes);
    }

    void fold(List<String> nodes) {
        fold.addAll(nodes);
    }

    void goal(Fields fields) {
        String text = Html.line(fields.required("text"));
        List<Check> checks = CheckReader.checks(fields);
        fields.end();
        html.append("<p class=\"goal\" data-goal=\"").append(goals.size()).append("\">").append(text).append("</p>\n");
        goals.add(new Step.Goal(text, checks));
    }

    void question(String name, Fields fields) {
        String ask = Html.line(fields.required("ask"));
        String explain = fields.text("explain", "");
        List<Question.Choice> choices = fields.list("choices", "text").stream().map(StepWriter::choice).toList();
        String answer = fields.required("answer");
        Observation observation = CheckReader.observation(fields);
        fields.end();
        if (!choices.isEmpty() && choices.stream().noneMatch(choice -> Question.same(choice.value(), answer))) {
            throw fields.wrong("the answer \"" + answer + "\" is none of the choices");
        }
        if (choices.stream().map(Question.Choice::value).distinct().count() < choices.size()) {
            throw fields.wrong("two choices have the same value");
        }
        questions.add(new Question(name, choices, answer, observation));
        html.append("<form class=\"question\" data-question=\"").append(name).append("\"><fieldset><legend>").append(ask).append("</legend>");
        if (choices.isEmpty()) {
            html.append("<input type=\"text\" name=\"").append(name).append("\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"200\"")
                    .append(" aria-label=\"Your answer\">");
        }
        for (Question.Choice choice : choices) {
            html.append("<label><input type=\"radio\" name=\"").append(name).append("\" value=\"").append(Html.escape(choice.value()))
                    .append("\"><span>").append(Html.line(choice.text())).append("</span></label>");
        }
        html.append("</fieldset><div class=\"outcome\" aria-live=\"polite\"></div><div class=\"explain\" hidden>").append(Html.block(explain))
                .append("</div></form>\n");
    }

    /** {@code 172.17.0.2}, or {@code "It is dropped": dropped}. */
    private static Question.Choice choice(Fields fields) {
        if (fields.has("text")) {
            String text = fields.required("text");
            fields.end();
            return new Question.Choice(shown(text), text);
        }
        Map.Entry<String, String> pair = fields.pair();
        fields.end();
        return new Question.Choice(pair.getKey(), pair.getValue());
    }

    /** Addresses and the like look like what is typed. */
    private static String shown(String text) {
        return text.matches("[0-9.:/]+") ? "`" + text + "`" : text;
    }

    String html() {
        return html.toString();
    }

    Step done() {
        return new Step(title, html.toString(), List.copyOf(goals), List.copyOf(questions), hints, List.copyOf(focus), List.copyOf(fold),
                List.copyOf(solution));
    }
}
