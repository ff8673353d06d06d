package dev.vethlab.engine.kernel.netfilter.set;

/** A change of a set was refused. */
public final class SetException extends Exception {
    private static final long serialVersionUID = 1;

    private final SetError error;

    SetException(SetError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    public SetError error() {
        return error;
    }
}
