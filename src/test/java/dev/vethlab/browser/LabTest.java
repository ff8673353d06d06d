package dev.vethlab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Begins each test in a fresh lab; at its end, the browser's console must have had nothing to complain of. */
abstract class LabTest {
    LabPage lab;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void startALab() {
        lab = new LabPage(1440, 900, ColorScheme.LIGHT);
        lab.startALab(server);
    }

    @AfterEach
    void closeWithoutComplaint() {
        List<String> complaints = List.copyOf(lab.complaints());
        lab.close();
        assertThat(complaints).isEmpty();
    }
}
