package dev.vethlab.engine.process;

/** The capabilities that something here asks for (capabilities(7)). */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    KILL,
    NET_ADMIN,
    NET_BIND_SERVICE,
    NET_RAW,
    SYS_ADMIN,
    SYS_CHROOT,
    SYS_PTRACE,
    SYSLOG
}
