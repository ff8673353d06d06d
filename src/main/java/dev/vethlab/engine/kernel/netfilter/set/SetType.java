package dev.vethlab.engine.kernel.netfilter.set;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set holds. How much memory the kernel reports is worked out from the sizes of its structures: a set's own, and an element's.
 */
public enum SetType {
    HASH_IP("hash:ip", 6, 216, 4, Part.IP),
    HASH_NET("hash:net", 7, 456, 8, Part.NET),
    HASH_IP_PORT("hash:ip,port", 7, 216, 8, Part.IP, Part.PORT),
    HASH_IP_PORT_IP("hash:ip,port,ip", 6, 208, 12, Part.IP, Part.PORT, Part.IP),
    HASH_IP_PORT_NET("hash:ip,port,net", 8, 464, 12, Part.IP, Part.PORT, Part.NET),
    HASH_NET_PORT("hash:net,port", 8, 456, 8, Part.NET, Part.PORT),
    HASH_NET_IFACE("hash:net,iface", 8, 488, 28, Part.NET, Part.IFACE),
    BITMAP_IP("bitmap:ip", 3, 88, 0, Part.IP),
    BITMAP_PORT("bitmap:port", 3, 72, 0, Part.PORT),
    BITMAP_IP_MAC("bitmap:ip,mac", 3, 80, 8, Part.IP, Part.MAC),
    LIST_SET("list:set", 3, 80, 48, Part.SET);

    /** One of the comma-separated parts of an element. */
    public enum Part {
        IP,
        NET,
        PORT,
        IFACE,
        MAC,
        SET
    }

    private final String text;
    private final int revision;
    private final int baseSize;
    private final int elementSize;
    private final List<Part> parts;

    SetType(String text, int revision, int baseSize, int elementSize, Part... parts) {
        this.text = text;
        this.revision = revision;
        this.baseSize = baseSize;
        this.elementSize = elementSize;
        this.parts = List.of(parts);
    }

    public String text() {
        return text;
    }

    /** The newest revision that the kernel knows. */
    public int revision() {
        return revision;
    }

    public List<Part> parts() {
        return parts;
    }

    public boolean isHash() {
        return text.startsWith("hash:");
    }

    public boolean isBitmap() {
        return text.startsWith("bitmap:");
    }

    public boolean hasNet() {
        return parts.contains(Part.NET);
    }

    int baseSize() {
        return baseSize;
    }

    int elementSize() {
        return elementSize;
    }

    /** The type of this name; null if there is none such. */
    public static @Nullable SetType named(String text) {
        for (SetType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }
}
