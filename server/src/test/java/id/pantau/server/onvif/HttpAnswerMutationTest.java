package id.pantau.server.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged HTTP answers of devices, and the challenges in them.
class HttpAnswerMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 400);
    private static final Credentials WHO = new Credentials("admin", "geheim");

    private static final List<String> SEEDS =
            List.of(
                    """
                    HTTP/1.1 100 Continue

                    HTTP/1.1 200 OK
                    Server: gSOAP/2.8
                    Content-Type: application/soap+xml; charset=utf-8
                    Content-Length: 20

                    <s:Envelope></s:E..>\
                    """,
                    """
                    HTTP/1.1 401 Unauthorized
                    WWW-Authenticate: Digest realm="camera", qop="auth,auth-int", nonce="5f2a:1", algorithm=SHA-256, opaque="x"
                    WWW-Authenticate: Digest realm="camera", nonce="5f2a:1", algorithm=MD5
                    WWW-Authenticate: Basic realm="camera"
                    Connection: close

                    """,
                    """
                    HTTP/1.0 200 OK
                    Transfer-Encoding: chunked

                    5;a=b
                    hello
                    10
                    0123456789abcdef
                    0

                    """);

    @Test
    void answersAreReadOrRefused() throws Exception {
        List<byte[]> seeds =
                SEEDS.stream().map(seed -> seed.replace("\n", "\r\n").getBytes(UTF_8)).toList();
        new Mutation("http", 2, seeds, BOUND).run(HttpAnswerMutationTest::read);
    }

    private static void read(byte[] input) throws Exception {
        HttpAnswer answer;
        try {
            answer = HttpAnswer.read(new ByteArrayInputStream(input));
        } catch (HttpAnswer.BadAnswerException _) {
            return;
        }
        assertThat(answer.status()).isBetween(200, 999);
        assertThat(answer.body().length).isLessThanOrEqualTo(input.length);
        HttpDigest.of(answer.header("www-authenticate"))
                .map(digest -> digest.answer(WHO, "/onvif/device_service"))
                .ifPresent(header ->
                        assertThat(header).startsWith("Digest ").doesNotContain("geheim", "\n"));
    }
}
