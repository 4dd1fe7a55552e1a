package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// Who is led from plain HTTP to HTTPS.
class HttpsRedirectFilterTest {
    private static MockHttpServletRequest from(String address, String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setServerName("nvr.example");
        request.setServerPort(8080);
        request.setRemoteAddr(address);
        return request;
    }

    private static MockHttpServletResponse answer(
            MockHttpServletRequest request, OptionalInt httpsPort) throws Exception {
        var response = new MockHttpServletResponse();
        new HttpsRedirectFilter(() -> httpsPort).doFilter(request, response, new MockFilterChain());
        return response;
    }

    @Test
    void anotherMachineIsLedToTheSameAddressInsideTls() throws Exception {
        MockHttpServletRequest request = from("192.0.2.7", "/live");
        request.setQueryString("grid=4");
        var response = answer(request, OptionalInt.of(8443));
        assertThat(response.getStatus()).isEqualTo(308);
        assertThat(response.getHeader("Location"))
                .isEqualTo("https://nvr.example:8443/live?grid=4");
        assertThat(answer(from("192.0.2.7", "/"), OptionalInt.of(443)).getHeader("Location"))
                .isEqualTo("https://nvr.example/");
        MockHttpServletRequest sixth = from("2001:db8::1", "/");
        sixth.setServerName("2001:db8::2");
        assertThat(answer(sixth, OptionalInt.of(8443)).getHeader("Location"))
                .isEqualTo("https://[2001:db8::2]:8443/");
    }

    @Test
    void thisMachineChecksAndEncryptedRequestsAreServed() throws Exception {
        MockHttpServletRequest encrypted = from("192.0.2.7", "/");
        encrypted.setSecure(true);
        for (MockHttpServletRequest served :
                new MockHttpServletRequest[] {
                    from("127.0.0.1", "/"),
                    from("::1", "/"),
                    from("192.0.2.7", "/healthz"),
                    from("192.0.2.7", "/readyz"),
                    encrypted
                }) {
            assertThat(answer(served, OptionalInt.of(8443)).getStatus()).isEqualTo(200);
        }
        assertThat(answer(from("192.0.2.7", "/"), OptionalInt.empty()).getStatus()).isEqualTo(200);
    }
}
