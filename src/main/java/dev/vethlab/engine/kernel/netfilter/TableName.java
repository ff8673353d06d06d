package dev.vethlab.engine.kernel.netfilter;

/** The tables, in the order of their priorities. */
public enum TableName {
    RAW("raw"),
    MANGLE("mangle"),
    NAT("nat"),
    FILTER("filter");

    private final String text;

    TableName(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
