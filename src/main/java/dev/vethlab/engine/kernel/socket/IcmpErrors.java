package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.IcmpMessage;

/** What an ICMP error means to a socket ({@code icmp_err_convert} in {@code net/ipv4/icmp.c}). */
public final class IcmpErrors {
    private static final Errno[] UNREACHABLE = {
        Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.ENOPROTOOPT, Errno.ECONNREFUSED, Errno.EMSGSIZE, Errno.EOPNOTSUPP,
        Errno.ENETUNREACH, Errno.EHOSTDOWN, Errno.ENONET, Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.ENETUNREACH,
        Errno.EHOSTUNREACH, Errno.EHOSTUNREACH, Errno.EHOSTUNREACH, Errno.EHOSTUNREACH
    };
    private static final String FATAL = "0011001111100111";

    private IcmpErrors() {}

    /** The errno of an error message. */
    public static Errno errno(IcmpMessage error) {
        return switch (error.type()) {
            case IcmpMessage.DESTINATION_UNREACHABLE -> error.code() < UNREACHABLE.length ? UNREACHABLE[error.code()] : Errno.EHOSTUNREACH;
            case IcmpMessage.PARAMETER_PROBLEM -> Errno.EPROTO;
            default -> Errno.EHOSTUNREACH;
        };
    }

    /** Whether it ends what a socket was about, rather than being a passing trouble. */
    public static boolean isFatal(IcmpMessage error) {
        return switch (error.type()) {
            case IcmpMessage.DESTINATION_UNREACHABLE -> error.code() < FATAL.length() && FATAL.charAt(error.code()) == '1';
            case IcmpMessage.PARAMETER_PROBLEM -> true;
            default -> false;
        };
    }
}
