package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;

/** A program that the real machine has is there: not emulated, it says so and ends with 95. Others are not found. */
class NotEmulatedTest {
    @Test
    void saysSoWhereTheRealMachineHasTheProgram() {
        try (var playground = new Playground(WorldKind.LAB)) {
            assertThat(playground.type("host", "mtr client; echo $?; which apt-get"))
                    .isEqualTo("vethlab: mtr is not emulated\n95\n/usr/bin/apt-get");
            assertThat(playground.type("host", "docker run --rm nicolaka/netshoot openssl version; echo $?"))
                    .endsWith("vethlab: openssl is not emulated\n95");
            assertThat(playground.type("host", "nosuchthing; echo $?")).endsWith("nosuchthing: command not found\n127");
        }
    }

    /** {@code help} is what a newcomer types first: it says where help is. */
    @Test
    void whatBashHasBuiltInSaysSoToo() {
        try (var playground = new Playground(WorldKind.LAB)) {
            assertThat(playground.type("host", "type -t fc help; fc -l; echo $?"))
                    .isEqualTo("builtin\nbuiltin\nvethlab: fc is not emulated\n95");
            assertThat(playground.type("host", "help; echo $?")).contains("--help", "why").endsWith("\n95");
            assertThat(playground.type("host", "docker run --rm nginx sh -c 'help; echo $?'")).isEqualTo("sh: 1: help: not found\n127");
        }
    }

    @Test
    void namesInTheListingsOfIpAreRefusedAndNotLeftOut() {
        try (var lab = new Playground(WorldKind.NET)) {
            assertThat(lab.type("host", "ip -r neigh; echo $?")).isEqualTo("vethlab: ip -resolve is not emulated\n95");
        }
    }

    @Test
    void aSettingWithoutMechanismIsReadAndNotChanged() {
        try (var lab = new Playground(WorldKind.NET)) {
            assertThat(lab.type("host", "sysctl net.ipv4.tcp_mtu_probing; sysctl -w net.ipv4.tcp_mtu_probing=1; echo $?"))
                    .isEqualTo("net.ipv4.tcp_mtu_probing = 0\n"
                            + "vethlab: sysctl: another value of net.ipv4.tcp_mtu_probing is not emulated\n95");
        }
    }
}
