package dev.vethlab.engine.shell;

/** What leaves the ordinary course of commands: caught by the loop, function or shell that it is meant for. */
public abstract sealed class ControlFlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ControlFlow() {
        super(null, null, false, false);
    }

    /** {@code break n} and {@code continue n}. */
    public static final class Loop extends ControlFlow {
        private static final long serialVersionUID = 1;
        final int levels;
        final boolean continues;

        public Loop(int levels, boolean continues) {
            this.levels = levels;
            this.continues = continues;
        }
    }

    /** {@code return}. */
    public static final class Return extends ControlFlow {
        private static final long serialVersionUID = 1;
        final int status;

        public Return(int status) {
            this.status = status;
        }
    }

    /** {@code exit}, and what makes a shell end. */
    public static final class Exit extends ControlFlow {
        private static final long serialVersionUID = 1;
        final int status;

        public Exit(int status) {
            this.status = status;
        }
    }

    /** Ctrl-C, or an error that ends the line of an interactive shell. */
    public static final class Abandon extends ControlFlow {
        private static final long serialVersionUID = 1;
        final int status;

        public Abandon(int status) {
            this.status = status;
        }
    }
}
