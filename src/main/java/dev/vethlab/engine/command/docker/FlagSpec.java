package dev.vethlab.engine.command.docker;

/**
 * A flag that a command knows.
 *
 * @param shorthand its letter; 0 if it has none
 * @param type as help names the value; empty for a switch
 * @param emulated whether it does anything here: if not, using it is answered with a {@code vethlab:} line
 */
record FlagSpec(String name, char shorthand, String type, String usage, boolean emulated) {
    boolean isSwitch() {
        return type.isEmpty();
    }

    /** Whether it may be given many times, each time adding to the list. */
    boolean isList() {
        return switch (type) {
            case "list", "map", "network", "mount", "ulimit", "filter", "ipNetSlice", "stringArray", "strings", "gpu-request", "scale",
                    "ipSlice", "mapmap", "pool-options" ->
                    true;
            default -> false;
        };
    }

    /** As messages name it: {@code --publish}, or {@code -p, --publish}. */
    String display() {
        return shorthand == 0 ? "--" + name : "-" + shorthand + ", --" + name;
    }
}
