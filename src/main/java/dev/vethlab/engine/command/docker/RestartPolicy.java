package dev.vethlab.engine.command.docker;

/** The value of {@code --restart}: {@code NAME[:COUNT]} ({@code opts.ParseRestartPolicy}). */
record RestartPolicy(String name, int maximumRetryCount) {
    static RestartPolicy parse(String text) throws FlagException {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new RestartPolicy(text, 0);
        }
        if (colon == 0) {
            throw new FlagException("invalid restart policy format: no policy provided before colon");
        }
        String count = text.substring(colon + 1);
        if (!count.matches("-?\\d{1,9}")) {
            throw new FlagException("invalid restart policy format: maximum retry count must be an integer");
        }
        return new RestartPolicy(text.substring(0, colon), Integer.parseInt(count));
    }
}
