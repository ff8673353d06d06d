package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine as a service of its machine: its configuration file, and what a restart keeps. */
class DockerServiceTest {
    private final Playground lab = new Playground(WorldKind.LAB);

    @AfterEach
    void discard() {
        lab.close();
    }

    private String host(String command) {
        return lab.type("host", command);
    }

    @Test
    void aRestartBringsBackWhatItsPolicySays() {
        host("docker run -d --name web -p 8080:80 --restart always nginx; docker run -d --name once nginx");
        host("docker run -d --name halted --restart unless-stopped nginx; docker stop halted");

        assertThat(host("systemctl restart docker; docker ps --format '{{.Names}}'")).isEqualTo("web");
        assertThat(host("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/")).isEqualTo("200");
    }

    @Test
    void networksAndPeoplesOwnRulesSurvive() {
        host("docker network create --subnet 10.1.0.0/24 mine; iptables -A DOCKER-USER -p tcp --dport 7 -j DROP");
        String before = host("iptables -S DOCKER-USER; docker network ls -f name=mine -q; ip -br addr | grep -c 10.1.0.1/24");

        host("systemctl restart docker");

        assertThat(host("iptables -S DOCKER-USER; docker network ls -f name=mine -q; ip -br addr | grep -c 10.1.0.1/24")).isEqualTo(before);
    }

    @Test
    void theFileIsTakenAtTheNextStart() {
        host("docker run -d --name web -p 8080:80 --restart always nginx");
        assertThat(host("ps -eo args | grep -c '[d]ocker-proxy'")).isEqualTo("1");

        host("echo '{\"userland-proxy\": false, \"bip\": \"10.9.0.1/24\"}' > /etc/docker/daemon.json; kill -HUP $(cat /run/docker.pid)");
        assertThat(host("ps -eo args | grep -c '[d]ocker-proxy'")).as("a reload takes nothing that concerns networks").isEqualTo("1");

        host("systemctl restart docker");
        assertThat(host("ps -eo args | grep -c '[d]ocker-proxy'; docker inspect -f '{{.NetworkSettings.IPAddress}}' web"))
                .isEqualTo("0\n10.9.0.2");
    }

    @Test
    void aWrongFileKeepsItFromStartingAndTheJournalSaysWhy() {
        host("echo '{\"no-such-key\": 1}' > /etc/docker/daemon.json");

        assertThat(host("systemctl restart docker")).startsWith("Job for docker.service failed");
        assertThat(host("systemctl is-active docker; docker ps")).isEqualTo(
                "failed\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n[1]");
        assertThat(host("journalctl -u docker")).contains("the following directives don't match any configuration option: no-such-key");
        assertThat(host("rm /etc/docker/daemon.json; systemctl start docker; systemctl is-active docker")).isEqualTo("active");
    }

    @Test
    void whatIsNotEmulatedIsRefusedAndNothingIsStopped() {
        host("docker run -d --name web nginx; echo '{\"live-restore\": true}' > /etc/docker/daemon.json");

        assertThat(host("systemctl restart docker")).isEqualTo("vethlab: dockerd: live-restore is not emulated\n[95]");
        assertThat(host("docker ps --format '{{.Names}}'")).isEqualTo("web");
    }
}
