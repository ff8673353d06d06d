package dev.vethlab.workshop.format;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Line;
import dev.vethlab.workshop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.renderer.text.TextContentRenderer;

/** Reads one lesson: front matter, then a step for each heading of the second level. */
public final class LessonReader {
    private static final String FENCE = "---";
    private static final String CONTAINER = "container:";
    private static final List<String> MACHINES = List.of("host", "client", "router", "internet");
    /** Where the drawing shows what netfilter and routing do. */
    public static final List<String> STATIONS =
            List.of("PREROUTING", "routing", "FORWARD", "POSTROUTING", "INPUT", "processes", "OUTPUT");
    private static final String BOX = "[\\w.-]+(/[\\w.@-]+)?";
    private static final String QUESTION_NAME = "[a-z][a-z0-9-]{0,40}";
    private static final TextContentRenderer PLAIN = TextContentRenderer.builder().build();

    private final String id;
    private final String file;
    private final List<Step> steps = new ArrayList<>();
    private final TreeSet<String> questionNames = new TreeSet<>();
    private StepWriter step = new StepWriter("");
    private String introduction = "";

    private LessonReader(String id) {
        this.id = id;
        this.file = id + ".md";
    }

    /**
     * Reads a lesson.
     *
     * @param id its file's name without {@code .md}
     * @throws LessonException naming file and line
     */
    public static Lesson read(String id, String text) {
        return new LessonReader(id).read(text.replace("\r\n", "\n"));
    }

    private Lesson read(String text) {
        String[] lines = text.split("\n", -1);
        int end = 1;
        while (end < lines.length && !lines[end].equals(FENCE)) {
            end++;
        }
        if (!lines[0].equals(FENCE) || end == lines.length) {
            throw new LessonException(file, 1, "a lesson begins with front matter between two lines of ---");
        }
        Fields front = Fields.parse(file, 2, String.join("\n", List.of(lines).subList(1, end)));
        // blank lines in its stead keep the numbers of the lines that follow
        readBody("\n".repeat(end + 1) + String.join("\n", List.of(lines).subList(end + 1, lines.length)));
        return lesson(front);
    }

    private Lesson lesson(Fields front) {
        Lesson.Kind kind = front.one("kind", name -> switch (name) {
            case "lesson" -> Lesson.Kind.LESSON;
            case "challenge" -> Lesson.Kind.CHALLENGE;
            default -> null;
        });
        String title = front.required("title");
        String summary = front.required("summary");
        Integer minutes = front.number("minutes");
        WorldKind world = front.one("world", name -> WorldKind.of(name).orElse(null));
        String dockerd = front.text("dockerd", "");
        List<Line> setup = front.list("setup", "").stream().map(LessonReader::line).toList();
        front.end();
        if (minutes == null || minutes < 1) {
            throw front.wrong("\"minutes\" is missing");
        }
        if (steps.isEmpty()) {
            throw front.wrong("there is no step: a heading such as \"## Start the container\"");
        }
        return new Lesson(id, kind == null ? Lesson.Kind.LESSON : kind, title, summary, minutes, world == null ? WorldKind.LAB : world,
                dockerd, setup, introduction, List.copyOf(steps), file);
    }

    private static Line line(Fields fields) {
        Map.Entry<String, String> pair = fields.pair();
        fields.end();
        return new Line(pair.getKey(), pair.getValue().strip());
    }

    private void readBody(String markdown) {
        boolean inSteps = false;
        for (Node node = Html.parse(markdown).getFirstChild(); node != null; ) {
            Node next = node.getNext();
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                endPart(inSteps);
                inSteps = true;
                step = new StepWriter(PLAIN.render(heading).strip());
            } else if (node instanceof Heading heading && heading.getLevel() == 1) {
                throw wrong(node, "the title belongs into the front matter");
            } else if (node instanceof FencedCodeBlock block && !block.getInfo().isBlank()) {
                if (!inSteps) {
                    throw wrong(node, "blocks belong into steps: a heading such as \"## Start the container\" comes first");
                }
                readBlock(block);
            } else {
                step.text(Html.render(node));
            }
            node = next;
        }
        endPart(inSteps);
    }

    private void endPart(boolean isStep) {
        if (isStep) {
            steps.add(step.done());
        } else {
            introduction = step.html();
        }
    }

    private void readBlock(FencedCodeBlock block) {
        String[] info = block.getInfo().strip().split("\\s+", 2);
        String name = info.length > 1 ? info[1] : "";
        String text = block.getLiteral().strip();
        switch (info[0]) {
            case "run" -> step.run(node(block, name), text);
            case "solution" -> step.solution(node(block, name), text);
            case "hint" -> step.hint(text);
            case "focus" -> step.focus(boxes(block));
            case "fold" -> step.fold(boxes(block));
            case "check" -> step.goal(fields(block));
            case "predict" -> {
                if (!name.matches(QUESTION_NAME) || !questionNames.add(name)) {
                    throw wrong(block, "a question needs a name of its own: ```predict seen-by-docker0");
                }
                step.question(name, fields(block));
            }
            case "text" -> step.text(Html.render(block));
            default -> throw wrong(block, "unknown block \"" + info[0] + "\": run, solution, predict, check, hint, focus, fold or text");
        }
    }

    /** Names of the drawing, one a line. */
    private List<String> boxes(FencedCodeBlock block) {
        List<String> names = List.of(block.getLiteral().strip().split("\\s*\n\\s*"));
        for (String name : names) {
            if (!name.matches(BOX)) {
                throw wrong(block, "\"" + name + "\" is no name of the drawing, as host, web, host/docker0, host/PREROUTING are");
            }
            String part = name.substring(name.indexOf('/') + 1);
            STATIONS.stream().filter(station -> station.equalsIgnoreCase(part) && !station.equals(part)).findFirst().ifPresent(station -> {
                throw wrong(block, "\"" + name + "\": the drawing writes " + station);
            });
        }
        return names;
    }

    private String node(Node at, String name) {
        if (name.isBlank()) {
            throw wrong(at, "where to type it is missing: ```run host");
        }
        return MACHINES.contains(name) || name.startsWith(CONTAINER) ? name : CONTAINER + name;
    }

    private Fields fields(FencedCodeBlock block) {
        return Fields.parse(file, lineOf(block) + 1, block.getLiteral());
    }

    private LessonException wrong(Node at, String problem) {
        return new LessonException(file, lineOf(at), problem);
    }

    private static int lineOf(Node node) {
        return node.getSourceSpans().stream().findFirst().map(SourceSpan::getLineIndex).orElse(0) + 1;
    }
}
