package dev.vethlab.engine.command.link;

import dev.vethlab.engine.kernel.device.DeviceFeature;
import dev.vethlab.engine.kernel.device.DeviceFeatures;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ethtool -k} and {@code -K}: the features of a device, some under one old name ({@code netlink/features.c}). */
final class EthtoolFeatures {
    private static final int REFUSED = 92;

    /** Where the first feature's name begins in the request, less the device's name. */
    private static final int FIRST_NAME = 48;

    /**
     * An old name ({@code off_flag_def}).
     *
     * @param word how {@code -K} calls it
     * @param title how {@code -k} calls it
     * @param members what it stands for
     */
    private record Group(String word, String title, List<DeviceFeature> members) {
        static Group of(String word, String title, String pattern) {
            Pattern names = Pattern.compile(pattern.replace("*", ".*"));
            return new Group(word, title,
                    Stream.of(DeviceFeature.values()).filter(f -> names.matcher(f.text()).matches()).toList());
        }
    }

    private static final List<Group> GROUPS = List.of(
            Group.of("rx", "rx-checksumming", "rx-checksum"),
            Group.of("tx", "tx-checksumming", "tx-checksum-*"),
            Group.of("sg", "scatter-gather", "tx-scatter-gather*"),
            Group.of("tso", "tcp-segmentation-offload", "tx-tcp*-segmentation"),
            Group.of("gso", "generic-segmentation-offload", "tx-generic-segmentation"),
            Group.of("gro", "generic-receive-offload", "rx-gro"),
            Group.of("lro", "large-receive-offload", "rx-lro"),
            Group.of("rxvlan", "rx-vlan-offload", "rx-vlan-hw-parse"),
            Group.of("txvlan", "tx-vlan-offload", "tx-vlan-hw-insert"),
            Group.of("ntuple", "ntuple-filters", "rx-ntuple-filter"),
            Group.of("rxhash", "receive-hashing", "rx-hashing"));

    private final EmulatedProcess self;
    private final String device;
    private final DeviceFeatures features;

    EthtoolFeatures(EmulatedProcess self, String device, DeviceFeatures features) {
        this.self = self;
        this.device = device;
        this.features = features;
    }

    int show() {
        var text = new StringBuilder("Features for ").append(device).append(":\n");
        Set<DeviceFeature> active = features.active();
        Set<DeviceFeature> rest = EnumSet.allOf(DeviceFeature.class);
        for (Group group : GROUPS) {
            rest.removeAll(group.members());
            if (group.members().size() == 1) {
                text.append(line(group.title(), group.members().getFirst(), active));
                continue;
            }
            text.append(group.title()).append(": ").append(onOff(group.members().stream().anyMatch(active::contains))).append('\n');
            group.members().forEach(member -> text.append('\t').append(line(member.text(), member, active)));
        }
        rest.forEach(feature -> text.append(line(feature.text(), feature, active)));
        self.print(text.toString());
        return 0;
    }

    private String line(String name, DeviceFeature feature, Set<DeviceFeature> active) {
        boolean on = active.contains(feature);
        String note = !features.canChange(feature)
                ? " [fixed]"
                : on != features.wants(feature) ? " [requested " + onOff(!on) + "]" : "";
        return name + ": " + onOff(on) + note + "\n";
    }

    /** {@code -K DEVICE FEATURE on|off …}; all of it is refused if one name is unknown. */
    int change(List<String> words) {
        Map<DeviceFeature, Boolean> asked = new LinkedHashMap<>();
        int offset = FIRST_NAME + attribute(device);
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "(null)";
            if (!value.equals("on") && !value.equals("off")) {
                self.error("ethtool (-K): flag '" + value + "' for parameter '(null)' is not followed by 'on' or 'off'");
                return 1;
            }
            boolean on = value.equals("on");
            List<DeviceFeature> named = named(words.get(i));
            if (named == null) {
                self.error("netlink error: bit name not found (offset " + offset + ")\nnetlink error: Operation not supported");
                return REFUSED;
            }
            for (DeviceFeature feature : named) {
                asked.put(feature, on);
                offset += 8 + attribute(feature.text()) + (on ? 4 : 0);
            }
        }
        return report(asked);
    }

    private static @Nullable List<DeviceFeature> named(String word) {
        for (Group group : GROUPS) {
            if (word.equals(group.word()) || word.equals(group.title())) {
                return group.members();
            }
        }
        List<DeviceFeature> found = Stream.of(DeviceFeature.values()).filter(feature -> feature.text().equals(word)).toList();
        return found.isEmpty() ? null : found;
    }

    /** How long a string is in a netlink attribute, in octets, without the attribute's header. */
    private static int attribute(String text) {
        return text.length() + 1 + 3 & ~3;
    }

    /** Only what did not come out as it was asked for is worth a word ({@code show_feature_changes}). */
    private int report(Map<DeviceFeature, Boolean> asked) {
        Set<DeviceFeature> before = features.active();
        asked.forEach(features::want);
        Set<DeviceFeature> after = features.active();
        List<String> changes = new ArrayList<>();
        boolean asAsked = true;
        boolean nothing = true;
        for (DeviceFeature feature : DeviceFeature.values()) {
            Boolean wish = asked.get(feature);
            boolean on = after.contains(feature);
            boolean changed = on != before.contains(feature);
            if (wish != null && wish != on) {
                changes.add(feature.text() + ": " + onOff(on) + " [requested " + onOff(wish) + "]");
                asAsked = false;
            } else if (changed) {
                changes.add(feature.text() + ": " + onOff(on) + (wish == null ? " [not requested]" : ""));
            }
            asAsked &= wish != null || !changed;
            nothing &= wish == null || wish != on;
        }
        if (nothing) {
            self.error("Could not change any device features");
        }
        if (!asAsked) {
            self.println("Actual changes:\n" + String.join("\n", changes));
        }
        return nothing ? 1 : 0;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
