package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.Method;
import dev.vethlab.engine.command.docker.template.Struct;
import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A listing: rows of named columns, printed as a table, by a template, or as JSON ({@code cli/command/formatter}).
 *
 * @param type Go's name of a row, for messages
 * @param headers by column
 * @param standard the table that is printed without {@code --format}
 */
record Table(String type, Map<String, String> headers, String standard) {
    private static final int MIN_WIDTH = 10;
    private static final int PADDING = 3;

    /** One row: its columns in any order; those whose name ends in {@code ()} are methods and not part of JSON. */
    static final class Row {
        final Map<String, String> cells = new LinkedHashMap<>();
        final Map<String, Method> methods = new LinkedHashMap<>();

        Row put(String column, String text) {
            cells.put(column, text);
            return this;
        }

        Row method(String name, Method method) {
            methods.put(name, method);
            return this;
        }

        private Struct data(String type) {
            var struct = new Struct(type);
            cells.forEach(struct::put);
            methods.forEach(struct::put);
            return struct;
        }

        private Value value() {
            var values = new TreeMap<String, Value>();
            cells.forEach((column, text) -> values.put(column, column.equals("Platform") ? Value.NULL : Value.of(text)));
            return new Value.Entries(values);
        }

        private String json() {
            return Json.compact(value());
        }
    }

    /** Rows as a list of what they hold by column. */
    static Value values(List<Row> rows) {
        return new Value.Items(rows.stream().map(Row::value).toList());
    }

    /** Prints the rows; {@code format} is empty for the standard table. The exit status. */
    int print(EmulatedProcess self, List<Row> rows, String format) {
        String wanted = format.isEmpty() || format.equals("table") ? "table " + standard : format;
        if (wanted.equals("json")) {
            rows.forEach(row -> self.println(row.json()));
            return 0;
        }
        boolean table = wanted.startsWith("table");
        String source = unescape(table ? wanted.substring("table".length()).strip() : wanted);
        Template template;
        try {
            template = Template.parse(source);
        } catch (TemplateException e) {
            self.error("template parsing error: " + e.getMessage());
            return 1;
        }
        try {
            var text = new StringBuilder();
            var withLabels = new TreeMap<String, Object>(headers);
            withLabels.put("Label", (Method) Table::labelHeader);
            if (table) {
                text.append(template.executeOnHeaders(withLabels)).append('\n');
            }
            for (Row row : rows) {
                String line = source.equals("{{json .}}") ? row.json() : template.execute(row.data(type));
                text.append(line).append('\n');
            }
            self.print(table ? TabWriter.align(text.toString(), MIN_WIDTH, PADDING) : text.toString());
            return 0;
        } catch (TemplateException e) {
            self.error("template parsing error: " + e.getMessage());
            return 1;
        }
    }

    /**
     * Executes a format once, as {@code docker ps} does to learn what it uses ({@code buildContainerListOptions}).
     *
     * @return the complaint; empty if there is none
     */
    String complaintOf(String format) {
        Template template;
        try {
            template = Template.parse(format);
        } catch (TemplateException e) {
            return "failed to parse template: " + e.getMessage();
        }
        var row = new Row();
        headers.keySet().forEach(column -> row.put(column, ""));
        row.method("Label", arguments -> "");
        try {
            template.execute(row.data(type));
            return "";
        } catch (TemplateException e) {
            return "failed to execute template: " + e.getMessage();
        }
    }

    /** What a column of labels is called ({@code SubHeaderContext.Label}): the last part of the label's name, in words. */
    private static String labelHeader(List<@Nullable Object> arguments) {
        String label = arguments.isEmpty() ? "" : String.valueOf(arguments.getFirst());
        return label.substring(label.lastIndexOf('.') + 1).replaceAll("[-_]", " ");
    }

    /** What people type as {@code \t} and {@code \n} between quotes. */
    private static String unescape(String text) {
        return text.replace("\\t", "\t").replace("\\n", "\n");
    }
}
