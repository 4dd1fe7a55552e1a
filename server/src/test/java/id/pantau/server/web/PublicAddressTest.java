package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The name and ports under which the site is reached from outside.
class PublicAddressTest {
    private final Client admin = Client.admin();

    @AfterEach
    void forget() {
        admin.patch("/api/v1/settings", Map.of("publicHost", "", "publicPorts", Map.of()));
    }

    @Test
    void isToldToWhoeverMakesLinks() {
        assertThat(admin.get("/api/v1/streams").json().has("publicHost")).isFalse();

        Client.Answer changed =
                admin.patch(
                        "/api/v1/settings",
                        Map.of(
                                "publicHost",
                                " Kantor.Example.NET ",
                                "publicPorts",
                                Map.of("rtsp", 9554, "webrtc", 40_000)));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        var told = admin.get("/api/v1/streams").json();
        assertThat(told.get("publicHost").asString()).isEqualTo("kantor.example.net");
        assertThat(told.get("publicPorts").toString())
                .isEqualTo("{\"rtsp\":9554,\"webrtc\":40000}");
        assertThat(admin.get("/api/v1/settings").text()).isEqualTo(changed.text());
    }

    @ParameterizedTest
    @CsvSource({
        "http://kantor.example.net, 554, publicHost",
        "kantor.example.net:80, 554, publicHost",
        "'kantor\"><script>', 554, publicHost",
        "kantor..net, 554, publicHost",
        "kantor.example.net, 0, publicPorts.rtsp",
        "kantor.example.net, 65536, publicPorts.rtsp",
    })
    void whatCannotBeOneIsRefusedByName(String host, int port, String field) {
        Client.Answer refused =
                admin.patch(
                        "/api/v1/settings",
                        Map.of("publicHost", host, "publicPorts", Map.of("rtsp", port)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("fieldErrors").path(0).path("field").asString(""))
                .isEqualTo(field);
        assertThat(admin.get("/api/v1/streams").json().has("publicHost")).isFalse();
    }
}
