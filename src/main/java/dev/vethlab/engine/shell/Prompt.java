package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;

/** The prompt: {@code PS1} or {@code PS2} with its backslash sequences (bash(1), PROMPTING). */
final class Prompt {
    private Prompt() {}

    static String first(EmulatedProcess process, ShellState state) {
        return expand(state.variables.getOr("PS1", "\\s-\\v\\$ "), process, state);
    }

    static String continuation(EmulatedProcess process, ShellState state) {
        return expand(state.variables.getOr("PS2", "> "), process, state);
    }

    private static String expand(String text, EmulatedProcess process, ShellState state) {
        var prompt = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                prompt.append(c);
                continue;
            }
            char code = text.charAt(++i);
            String directory = process.context().directory();
            String hostname = process.context().uts().hostname();
            switch (code) {
                case 'u' -> prompt.append(state.variables.getOr("USER", "root"));
                case 'h' -> prompt.append(hostname.split("\\.", 2)[0]);
                case 'H' -> prompt.append(hostname);
                case 'w' -> prompt.append(withTilde(directory, state.variables.getOr("HOME", "")));
                case 'W' -> {
                    String shown = withTilde(directory, state.variables.getOr("HOME", ""));
                    prompt.append(shown.equals("/") ? "/" : shown.substring(shown.lastIndexOf('/') + 1));
                }
                case '$' -> prompt.append('#');
                case 's' -> prompt.append(state.name.substring(state.name.lastIndexOf('/') + 1));
                case 'v' -> prompt.append("5.3");
                case 'n' -> prompt.append('\n');
                case 'e' -> prompt.append('\033');
                case '[', ']' -> {}
                default -> prompt.append(code == '\\' ? "\\" : "\\" + code);
            }
        }
        return prompt.toString();
    }

    private static String withTilde(String directory, String home) {
        if (home.length() > 1 && (directory.equals(home) || directory.startsWith(home + "/"))) {
            return "~" + directory.substring(home.length());
        }
        return directory;
    }
}
