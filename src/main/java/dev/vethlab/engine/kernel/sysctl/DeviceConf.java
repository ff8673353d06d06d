package dev.vethlab.engine.kernel.sysctl;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one device below {@code net.ipv4.conf} and {@code net.ipv6.conf} ({@code net/ipv4/devinet.c}). It does not change:
 * devices of which nobody has set anything share one.
 */
final class DeviceConf {
    static final String IPV4 = "ipv4.";
    static final String FORWARDING = IPV4 + "forwarding";
    static final String DISABLE_IPV6 = "ipv6.disable_ipv6";

    private static final String SETTINGS = "forwarding 0 rp_filter 0 accept_local 0 route_localnet 0 proxy_arp 0 arp_ignore 0 arp_announce 0 "
            + "arp_filter 0 arp_accept 0 log_martians 0 send_redirects 1 accept_redirects 1 secure_redirects 1 "
            + "accept_source_route 1 arp_evict_nocarrier 1 arp_notify 0 drop_gratuitous_arp 0 proxy_arp_pvlan 0 src_valid_mark 0 "
            + "ignore_routes_with_linkdown 0 promote_secondaries 0";
    private static final String[] DEFAULTS;
    private static final TreeMap<String, Integer> PLACES = new TreeMap<>();

    static {
        String[] words = SETTINGS.split(" ");
        DEFAULTS = new String[words.length / 2 + 1];
        for (int i = 0; i < words.length; i += 2) {
            PLACES.put(IPV4 + words[i], i / 2);
            DEFAULTS[i / 2] = words[i + 1];
        }
        PLACES.put(DISABLE_IPV6, words.length / 2);
        DEFAULTS[words.length / 2] = "0";
    }

    static final DeviceConf INITIAL = new DeviceConf(DEFAULTS);
    static final DeviceConf INITIAL_OF_ALL = INITIAL.with(IPV4 + "accept_source_route", "0");

    private final String[] values;

    private DeviceConf(String[] values) {
        this.values = values;
    }

    /** Which device's and which setting a name below {@code net.} means; the device's own name may have dots. */
    record Name(String device, String setting) {
        private static final String BEFORE = "net.ipv";
        private static final String CONF = ".conf.";

        static @Nullable Name of(String name) {
            int device = BEFORE.length() + 1 + CONF.length();
            int dot = name.lastIndexOf('.');
            if (!name.startsWith(BEFORE) || !name.startsWith(CONF, BEFORE.length() + 1) || dot <= device) {
                return null;
            }
            return new Name(name.substring(device, dot), name.substring(4, 8) + name.substring(dot));
        }
    }

    /** The full names of a device's settings. */
    static List<String> names(String device) {
        return PLACES.keySet().stream().map(setting -> fullName(device, setting)).toList();
    }

    private static String fullName(String device, String setting) {
        int dot = setting.indexOf('.');
        return "net." + setting.substring(0, dot) + ".conf." + device + setting.substring(dot);
    }

    /** Null if there is no such setting. */
    @Nullable String get(String setting) {
        Integer place = PLACES.get(setting);
        return place == null ? null : values[place];
    }

    /** The same, but for one setting, which must exist. */
    DeviceConf with(String setting, String value) {
        int place = PLACES.get(setting);
        if (values[place].equals(value)) {
            return this;
        }
        String[] changed = values.clone();
        changed[place] = value;
        return new DeviceConf(changed);
    }
}
