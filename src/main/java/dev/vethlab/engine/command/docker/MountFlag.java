package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.MountRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The words of one {@code --mount} ({@code opts/mount.go}). */
final class MountFlag {
    private static final List<String> MAY_STAND_ALONE = List.of("readonly", "ro", "volume-nocopy", "bind-nonrecursive");

    private final String text;
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> driverOptions = new TreeMap<>();
    private String type = "volume";
    private String source = "";
    private String target = "";
    private String propagation = "";
    private String driver = "";
    private boolean readOnly;
    private boolean noCopy;
    private boolean ofVolume;
    private boolean ofBind;
    private boolean ofTmpfs;
    private long size;
    private int mode;

    MountFlag(String text) {
        this.text = text;
    }

    MountRequest parse() throws FlagException {
        if (text.isEmpty()) {
            throw complaint("EOF");
        }
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (equals < 0 && !MAY_STAND_ALONE.contains(key)) {
                throw complaint("invalid field '" + field + "' must be a key=value pair");
            }
            set(field, key, equals < 0 ? "true" : field.substring(equals + 1));
        }
        if (target.isEmpty()) {
            throw complaint("target is required");
        }
        checkMixture("bind", ofBind);
        checkMixture("volume", ofVolume);
        checkMixture("tmpfs", ofTmpfs);
        return new MountRequest(type, source, target, readOnly, propagation,
                ofVolume ? new MountRequest.VolumeOptions(noCopy, labels, driver, driverOptions) : null,
                ofTmpfs ? new MountRequest.TmpfsOptions(size, mode) : null);
    }

    private void set(String field, String key, String value) throws FlagException {
        ofBind |= key.startsWith("bind-");
        ofVolume |= key.startsWith("volume-");
        ofTmpfs |= key.startsWith("tmpfs-");
        switch (key) {
            case "type" -> type = value.toLowerCase(Locale.ROOT);
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "readonly", "ro" -> readOnly = flag(key, value);
            case "bind-propagation" -> propagation = value.toLowerCase(Locale.ROOT);
            case "volume-nocopy" -> noCopy = flag(key, value);
            case "volume-label" -> put(labels, value);
            case "volume-driver" -> driver = value;
            case "volume-opt" -> put(driverOptions, value);
            case "tmpfs-size" -> size = bytes(key, value);
            case "tmpfs-mode" -> mode = octal(key, value);
            case "consistency", "bind-recursive", "bind-nonrecursive" -> {}
            default -> throw complaint("unexpected key '" + key + "' in '" + field + "'");
        }
    }

    private void checkMixture(String kind, boolean used) throws FlagException {
        if (used && !type.equals(kind)) {
            throw complaint("cannot mix '" + kind + "-*' options with mount type '" + type + "'");
        }
    }

    private boolean flag(String key, String value) throws FlagException {
        if (!value.matches("1|0|t|f|T|F|true|false|TRUE|FALSE|True|False")) {
            throw complaint("invalid value for " + key + ": " + value);
        }
        return value.matches("1|[tT].*");
    }

    private static void put(Map<String, String> map, String text) {
        int equals = text.indexOf('=');
        map.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
    }

    private long bytes(String key, String value) throws FlagException {
        if (!value.matches("\\d{1,12}(\\.\\d{1,6})?([kKmMgGtT]?[bB]?)")) {
            throw complaint("invalid value for " + key + ": " + value);
        }
        return ResourceFlags.bytes(value);
    }

    private int octal(String key, String value) throws FlagException {
        if (!value.matches("[0-7]{1,6}")) {
            throw complaint("invalid value for " + key + ": " + value);
        }
        return Integer.parseInt(value, 8);
    }

    private FlagException complaint(String why) {
        return new FlagException("invalid argument \"" + text + "\" for \"--mount\" flag: " + why);
    }
}
