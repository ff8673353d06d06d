package dev.vethlab.engine.docker.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image's name as people write it ({@code distribution/reference}).
 *
 * @param repository in its familiar form: without {@code docker.io/library/}
 * @param tag {@code latest} unless given
 */
public record Reference(String repository, String tag) {
    private static final Pattern PATH = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+(?::\\d+)?");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    /** Parses it; nothing if it is no reference. */
    public static Optional<Reference> parse(String text) {
        String name = text;
        String tag = "latest";
        int colon = text.lastIndexOf(':');
        if (colon > text.lastIndexOf('/')) {
            name = text.substring(0, colon);
            tag = text.substring(colon + 1);
        }
        for (String prefix : new String[] {"docker.io/", "index.docker.io/", "library/"}) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
            }
        }
        int slash = name.indexOf('/');
        String domain = slash < 0 ? "" : name.substring(0, slash);
        boolean hasDomain = domain.contains(".") || domain.contains(":") || domain.equals("localhost")
                || !domain.equals(domain.toLowerCase(Locale.ROOT));
        String path = hasDomain ? name.substring(slash + 1) : name;
        boolean valid = PATH.matcher(path).matches() && TAG.matcher(tag).matches() && (!hasDomain || DOMAIN.matcher(domain).matches());
        return valid ? Optional.of(new Reference(name, tag)) : Optional.empty();
    }

    /** Why {@code text} is no reference, as the client says it: {@code distribution/reference.ParseNormalizedNamed}. */
    public static String complaint(String text) {
        int colon = text.lastIndexOf(':');
        String name = colon > text.lastIndexOf('/') ? text.substring(0, colon) : text;
        int slash = name.indexOf('/');
        String domain = slash < 0 ? "" : name.substring(0, slash);
        boolean hasDomain = domain.contains(".") || domain.contains(":") || domain.equals("localhost")
                || !domain.equals(domain.toLowerCase(Locale.ROOT));
        String path = hasDomain ? name.substring(slash + 1) : slash < 0 ? "library/" + name : name;
        boolean upper = !path.equals(path.toLowerCase(Locale.ROOT));
        return "invalid reference format" + (upper ? ": repository name (" + path + ") must be lowercase" : "");
    }

    /** With its registry: {@code docker.io/library/nginx}. */
    public String canonicalRepository() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return repository;
        }
        return "docker.io/" + (slash < 0 ? "library/" : "") + repository;
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
