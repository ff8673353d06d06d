package dev.vethlab.session;

import java.util.List;

/**
 * What a word could become.
 *
 * @param from where in the text the candidates begin to replace, up to the cursor
 */
public record Completion(int from, List<String> candidates) {}
