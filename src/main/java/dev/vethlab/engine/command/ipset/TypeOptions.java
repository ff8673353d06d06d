package dev.vethlab.engine.command.ipset;

import dev.vethlab.engine.kernel.netfilter.set.SetEntry;
import dev.vethlab.engine.kernel.netfilter.set.SetOptions;
import dev.vethlab.engine.kernel.netfilter.set.SetType;
import dev.vethlab.engine.packet.Ipv4;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The options of {@code create} and {@code add} that depend on a set's type. */
final class TypeOptions {
    private static final int MAX_TIMEOUT = 2_147_483;
    private static final int MAX_COMMENT = 255;

    private TypeOptions() {}

    /** A type by its name or by the one it had before version 5. */
    static SetType type(String text) throws IpsetException {
        String name = switch (text) {
            case "iphash" -> "hash:ip";
            case "nethash" -> "hash:net";
            case "ipporthash" -> "hash:ip,port";
            case "ipportiphash" -> "hash:ip,port,ip";
            case "ipportnethash" -> "hash:ip,port,net";
            case "ipmap" -> "bitmap:ip";
            case "portmap" -> "bitmap:port";
            case "macipmap" -> "bitmap:ip,mac";
            case "setlist" -> "list:set";
            default -> text;
        };
        SetType type = SetType.named(name);
        if (type != null) {
            return type;
        }
        switch (name) {
            case "hash:mac", "hash:ip,mac", "hash:ip,mark", "hash:net,net", "hash:net,port,net" ->
                    throw IpsetException.other("Kernel error received: set type not supported");
            default -> throw IpsetException.syntax("typename '" + text + "' is unknown");
        }
    }

    /** {@code create SETNAME TYPENAME} and what follows. */
    static SetOptions creation(SetType type, Words words, int initval) throws IpsetException {
        boolean ipv6 = false;
        int hashSize = 1024;
        int maxElements = 65536;
        int bucketSize = 12;
        int init = initval;
        int netmask = 0;
        int timeout = SetOptions.NO_TIMEOUT;
        boolean counters = false;
        boolean comment = false;
        boolean skbinfo = false;
        boolean forceAdd = false;
        int @Nullable [] range = null;
        int size = 8;
        while (words.hasNext()) {
            String option = words.take();
            boolean hash = type.isHash();
            switch (option) {
                case "timeout" -> timeout = (int) words.numberOf(option, 0, MAX_TIMEOUT);
                case "counters" -> counters = true;
                case "comment" -> comment = true;
                case "skbinfo" -> skbinfo = true;
                case "family" -> ipv6 = only(hash, option) && family(words.value(option));
                case "-4" -> only(hash, option);
                case "-6" -> ipv6 = only(hash, option);
                case "hashsize" -> hashSize = only(hash, option) ? powerOfTwo(words.numberOf(option, 1, 1 << 30)) : 0;
                case "maxelem" -> maxElements = only(hash, option) ? (int) words.numberOf(option, 1, Integer.MAX_VALUE) : 0;
                case "bucketsize" -> bucketSize = only(hash, option) ? (int) words.numberOf(option, 2, 14) : 0;
                case "initval" -> init = only(hash, option) ? (int) words.numberOf(option, 0, 0xFFFFFFFFL) : 0;
                case "forceadd" -> forceAdd = only(hash, option);
                case "netmask" -> netmask = only(type == SetType.HASH_IP || type == SetType.HASH_IP_PORT || type == SetType.BITMAP_IP, option)
                        ? (int) words.numberOf(option, 1, 32) : 0;
                case "range" -> {
                    only(type.isBitmap(), option);
                    range = range(type, words.value(option));
                }
                case "from" -> {
                    only(type.isBitmap(), option);
                    int low = range(type, words.value(option), "")[0];
                    if (!"to".equals(words.peek())) {
                        throw IpsetException.usage("Mandatory option `to' is missing");
                    }
                    words.take();
                    range = new int[] {low, range(type, words.value("to"), "")[0]};
                }
                case "size" -> size = only(type == SetType.LIST_SET, option) ? (int) words.numberOf(option, 0, Integer.MAX_VALUE) : 0;
                case "bitmask" -> throw IpsetException.unsupported("bitmask");
                default -> throw unknown(option);
            }
        }
        if (type.isBitmap() && range == null) {
            throw IpsetException.usage("Mandatory option `range' is missing");
        }
        return new SetOptions(ipv6, hashSize, maxElements, bucketSize, init, netmask, timeout, counters, comment, skbinfo, forceAdd,
                range == null ? 0 : range[0], range == null ? 0 : range[1], size);
    }

    private static boolean only(boolean isOfThisType, String option) throws IpsetException {
        if (!isOfThisType) {
            throw unknown(option);
        }
        return true;
    }

    static IpsetException unknown(String option) {
        return IpsetException.usage("Unknown argument: `" + option + "'");
    }

    private static boolean family(String text) throws IpsetException {
        return switch (text) {
            case "inet" -> false;
            case "inet6" -> true;
            default -> throw IpsetException.syntax("unknown INET family " + text);
        };
    }

    private static int powerOfTwo(long wanted) {
        return wanted <= 64 ? 64 : Integer.highestOneBit((int) wanted - 1) << 1;
    }

    private static int[] range(SetType type, String text) throws IpsetException {
        return range(type, text, "to");
    }

    private static int[] range(SetType type, String text, String second) throws IpsetException {
        boolean ports = type == SetType.BITMAP_PORT;
        int slash = text.indexOf('/');
        if (!ports && slash > 0) {
            int length = (int) Words.number(text.substring(slash + 1), 0, 32);
            int address = address(text.substring(0, slash)) & Ipv4.mask(length);
            return new int[] {address, address | ~Ipv4.mask(length)};
        }
        int dash = text.indexOf('-');
        if (dash < 0 && !second.isEmpty()) {
            throw IpsetException.usage("Mandatory option `" + second + "' is missing");
        }
        String first = dash < 0 ? text : text.substring(0, dash);
        String last = dash < 0 ? text : text.substring(dash + 1);
        int low = ports ? (int) Words.number(first, 0, 65535) : address(first);
        int high = ports ? (int) Words.number(last, 0, 65535) : address(last);
        return Integer.compareUnsigned(low, high) <= 0 ? new int[] {low, high} : new int[] {high, low};
    }

    private static int address(String text) throws IpsetException {
        OptionalInt address = Ipv4.parse(text);
        if (address.isEmpty()) {
            throw IpsetException.syntax("cannot parse " + text + ": resolving to IPv4 address failed");
        }
        return address.getAsInt();
    }

    /** What follows the element of {@code add}. */
    static SetEntry.Attributes attributes(SetType type, Words words) throws IpsetException {
        int timeout = SetOptions.NO_TIMEOUT;
        long packets = -1;
        long bytes = -1;
        String comment = "";
        boolean noMatch = false;
        String skb = "";
        while (words.hasNext()) {
            String option = words.take();
            switch (option) {
                case "timeout" -> timeout = (int) words.numberOf(option, 0, MAX_TIMEOUT);
                case "packets" -> packets = words.numberOf(option, 0, Long.MAX_VALUE);
                case "bytes" -> bytes = words.numberOf(option, 0, Long.MAX_VALUE);
                case "comment" -> {
                    comment = words.value(option);
                    if (comment.length() > MAX_COMMENT) {
                        throw IpsetException.syntax("Comment is longer than the maximum allowed " + MAX_COMMENT + " characters");
                    }
                }
                case "nomatch" -> {
                    only(type.hasNet(), option);
                    noMatch = true;
                }
                case "skbmark" -> skb += " skbmark " + skbMark(words.value(option));
                case "skbprio" -> skb += " skbprio " + words.value(option);
                case "skbqueue" -> skb += " skbqueue " + words.numberOf(option, 0, 65535);
                default -> throw unknown(option);
            }
        }
        return new SetEntry.Attributes(timeout, packets, bytes, comment, noMatch, skb);
    }

    private static String skbMark(String text) throws IpsetException {
        int slash = text.indexOf('/');
        Long mark = Words.parse(slash < 0 ? text : text.substring(0, slash));
        Long mask = slash < 0 ? Long.valueOf(0xFFFFFFFFL) : Words.parse(text.substring(slash + 1));
        if (mark == null || mask == null || !text.startsWith("0x")) {
            throw IpsetException.syntax("Invalid skbmark format, it should be:  MARK/MASK or MARK (see manpage)");
        }
        return "0x" + Long.toHexString(mark) + (mask == 0xFFFFFFFFL ? "" : "/0x" + Long.toHexString(mask));
    }
}
