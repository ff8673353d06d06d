package dev.vethlab.workshop.format;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown to HTML; HTML in Markdown is shown as text. */
final class Html {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private Html() {}

    static Node parse(String markdown) {
        return PARSER.parse(markdown);
    }

    static String render(Node node) {
        return RENDERER.render(node);
    }

    /** Text of one paragraph without the paragraph. */
    static String line(String markdown) {
        String html = render(parse(markdown)).strip();
        Node only = parse(markdown).getFirstChild();
        return only instanceof Paragraph && only.getNext() == null ? html.substring("<p>".length(), html.length() - "</p>".length()) : html;
    }

    static String block(String markdown) {
        return render(parse(markdown));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
