package dev.vethlab.engine.command.docker;

import org.jspecify.annotations.Nullable;

/** {@code --format raw}: a listing as paragraphs of {@code key: value} ({@code cli/command/formatter}). */
final class RawFormat {
    private RawFormat() {}

    private static @Nullable String whole(String type) {
        return switch (type) {
            case "*formatter.ContainerContext" -> """
                    container_id: {{.ID}}
                    image: {{.Image}}
                    command: {{.Command}}
                    created_at: {{.CreatedAt}}
                    state: {{.State}}
                    status: {{.Status}}
                    names: {{.Names}}
                    labels: {{.Labels}}
                    ports: {{.Ports}}
                    """;
            case "*formatter.imageContext" -> """
                    repository: {{.Repository}}
                    tag: {{.Tag}}
                    image_id: {{.ID}}
                    created_at: {{.CreatedAt}}
                    virtual_size: {{.Size}}
                    """;
            case "*network.networkContext" -> """
                    network_id: {{.ID}}
                    name: {{.Name}}
                    driver: {{.Driver}}
                    scope: {{.Scope}}
                    """;
            case "*formatter.volumeContext" -> """
                    name: {{.Name}}
                    driver: {{.Driver}}
                    """;
            case "*formatter.diskUsageContext" -> """
                    type: {{.Type}}
                    total: {{.TotalCount}}
                    active: {{.Active}}
                    size: {{.Size}}
                    reclaimable: {{.Reclaimable}}
                    """;
            default -> null;
        };
    }

    private static @Nullable String quiet(String type) {
        return switch (type) {
            case "*formatter.ContainerContext" -> "container_id: {{.ID}}";
            case "*formatter.imageContext" -> "image_id: {{.ID}}";
            case "*network.networkContext" -> "network_id: {{.ID}}";
            case "*formatter.volumeContext" -> "name: {{.Name}}";
            default -> null;
        };
    }

    /** The template that {@code format} means for rows of this type: another one only if it is {@code raw}. */
    static String expand(String type, String format, boolean quiet, boolean size) {
        String raw = quiet ? quiet(type) : whole(type);
        return !format.equals("raw") || raw == null ? format : size && !quiet ? raw + "size: {{.Size}}\n" : raw;
    }
}
