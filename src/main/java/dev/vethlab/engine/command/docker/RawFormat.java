package dev.vethlab.engine.command.docker;

import java.util.Map;

/** {@code --format raw}: a listing as paragraphs of {@code key: value} ({@code cli/command/formatter}). */
final class RawFormat {
    private static final Map<String, String> WHOLE = Map.of(
            "*formatter.ContainerContext", """
                    container_id: {{.ID}}
                    image: {{.Image}}
                    command: {{.Command}}
                    created_at: {{.CreatedAt}}
                    state: {{.State}}
                    status: {{.Status}}
                    names: {{.Names}}
                    labels: {{.Labels}}
                    ports: {{.Ports}}
                    """,
            "*formatter.imageContext", """
                    repository: {{.Repository}}
                    tag: {{.Tag}}
                    image_id: {{.ID}}
                    created_at: {{.CreatedAt}}
                    virtual_size: {{.Size}}
                    """,
            "*network.networkContext", """
                    network_id: {{.ID}}
                    name: {{.Name}}
                    driver: {{.Driver}}
                    scope: {{.Scope}}
                    """,
            "*formatter.volumeContext", """
                    name: {{.Name}}
                    driver: {{.Driver}}
                    """,
            "*formatter.diskUsageContext", """
                    type: {{.Type}}
                    total: {{.TotalCount}}
                    active: {{.Active}}
                    size: {{.Size}}
                    reclaimable: {{.Reclaimable}}
                    """);

    private static final Map<String, String> QUIET = Map.of(
            "*formatter.ContainerContext", "container_id: {{.ID}}",
            "*formatter.imageContext", "image_id: {{.ID}}",
            "*network.networkContext", "network_id: {{.ID}}",
            "*formatter.volumeContext", "name: {{.Name}}");

    private RawFormat() {}

    /** The template that {@code format} means for rows of this type: another one only if it is {@code raw}. */
    static String expand(String type, String format, boolean quiet, boolean size) {
        String raw = (quiet ? QUIET : WHOLE).get(type);
        return !format.equals("raw") || raw == null ? format : size && !quiet ? raw + "size: {{.Size}}\n" : raw;
    }
}
