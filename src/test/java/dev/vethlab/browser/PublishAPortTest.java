package dev.vethlab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first story, told in a real browser: publish a port, be refused a second time, fetch it, and see which way the packets went. */
@QuarkusTest
class PublishAPortTest {
    private static final String RUN = "docker run -d --name web -p 5001:5001 my-app";
    private static final Path PICTURES = Path.of("target/browser");

    private LabPage lab;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void open() {
        lab = new LabPage(1440, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void publishAPortAndFollowThePackets() {
        lab.startALab(server);
        lab.screenShows("root@host:~#");

        lab.type("host", RUN);
        lab.screenShows(Pattern.compile("[0-9a-f]{64}"));
        lab.topologyLists("Container web", "bridge docker0, 172.17.0.1/16", "eth0, 172.17.0.2/16", "port of docker0");

        lab.type("host", "clear; iptables -t nat -S");
        lab.screenShows("-A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        lab.type("host", "clear; iptables -S DOCKER");
        lab.screenShows("-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5001 -j ACCEPT");

        lab.type("host", "clear; docker run -d --name web2 -p 5001:5001 my-app; echo status $?");
        lab.screenShows("Bind for 0.0.0.0:5001 failed: port is already allocated");
        lab.screenShows("status 125");

        lab.type("client", "curl http://192.168.1.10:5001/");
        lab.screenShows(Pattern.compile("[0-9a-f]{12} saw 192\\.168\\.1\\.20"));

        lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("SYN")).first().click();
        lab.journeyLists("192.168.1.20", "192.168.1.10:5001");
        lab.journeyLists("LAN switch", "host", "web");
        lab.journeyLists("-A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        lab.journeyLists("172.17.0.2:5001", "172.17.0.0/16 dev docker0");

        lab.page().locator(".tick.dashed").filter(new Locator.FilterOptions().setHasText("SYN-ACK")).first().click();
        lab.journeyLists("172.17.0.2:5001", "192.168.1.10:5001", "ESTABLISHED");

        lab.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("publish-a-port.png")));
        assertThat(lab.complaints()).isEmpty();
    }
}
