package dev.vethlab.engine.process;

/** A UTS namespace: the host name that its processes see. */
public final class Uts {
    private String hostname;

    public Uts(String hostname) {
        this.hostname = hostname;
    }

    public String hostname() {
        return hostname;
    }

    public void setHostname(String hostname) {
        this.hostname = hostname;
    }
}
