package dev.vethlab.engine.command.docker.compose;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * A mistake in the form of a YAML file, in the words of the Go library ({@code go-yaml/yaml} v3: {@code scannerc.go}, {@code parserc.go}).
 * Both libraries descend from PyYAML, and find the same mistakes at the same places.
 */
final class YamlMistake {
    /** What our library says, and what the other: by beginnings, the first that fits. */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("mapping values are not allowed here", "mapping values are not allowed in this context"),
            Map.entry("mapping keys are not allowed here", "mapping keys are not allowed in this context"),
            Map.entry("sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
            Map.entry("expected ',' or ']'", "did not find expected ',' or ']'"),
            Map.entry("expected ',' or '}'", "did not find expected ',' or '}'"),
            Map.entry("expected the node content", "did not find expected node content"),
            Map.entry("expected '<document start>'", "did not find expected <document start>"),
            Map.entry("expected alphabetic or numeric character", "did not find expected alphabetic or numeric character"),
            Map.entry("found unknown escape character", "found unknown escape character"),
            Map.entry("found unexpected document separator", "found unexpected document indicator"),
            Map.entry("found character", "found character that cannot start any token"));
    private static final String UNDEFINED = "found undefined alias ";

    private YamlMistake() {}

    static String words(MarkedYamlEngineException e, LoadSettings settings, String text) {
        String problem = e.getProblem();
        if (problem.startsWith(UNDEFINED)) {
            return "yaml: unknown anchor '" + problem.substring(UNDEFINED.length()) + "' referenced";
        }
        if (problem.startsWith("found character") && problem.contains("TAB")) {
            Optional<Mark> scalar = continuedScalar(settings, text);
            if (scalar.isPresent()) {
                return "yaml: line " + (scalar.get().getLine() + 1) + ": found a tab character that violates indentation";
            }
        }
        int line = line(e);
        return "yaml: " + (line == 0 ? "" : "line " + line + ": ") + translated(e, problem);
    }

    /**
     * Where what is wrong began, if that is known and not the first line ({@code parser.fail}); the parser counts from 0, the scanner
     * from 1.
     */
    private static int line(MarkedYamlEngineException e) {
        int context = e.getContextMark().map(Mark::getLine).orElse(0);
        int line = context == 0 ? e.getProblemMark().map(Mark::getLine).orElse(0) : context;
        return line != 0 && e instanceof ScannerException ? line + 1 : line;
    }

    private static String translated(MarkedYamlEngineException e, String problem) {
        if (problem.startsWith("expected <block end>")) {
            boolean sequence = e.getContext() != null && e.getContext().contains("sequence");
            return sequence ? "did not find expected '-' indicator" : "did not find expected key";
        }
        return WORDS.stream().filter(word -> problem.startsWith(word.getKey())).map(Map.Entry::getValue).findFirst().orElse(problem);
    }

    /** Where the plain scalar begins that a line with a tab at its beginning would go on. */
    private static Optional<Mark> continuedScalar(LoadSettings settings, String text) {
        Iterator<Token> tokens = new ScannerImpl(settings, new StreamReader(settings, text));
        Token last = null;
        try {
            while (tokens.hasNext()) {
                last = tokens.next();
            }
        } catch (YamlEngineException atTheTab) {
            return last instanceof ScalarToken scalar && scalar.isPlain() ? scalar.getStartMark() : Optional.empty();
        }
        return Optional.empty();
    }
}
