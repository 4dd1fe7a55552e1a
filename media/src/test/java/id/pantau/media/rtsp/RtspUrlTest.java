package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.rtsp.RtspUrl.Pasted;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "rtsp://user:p@ss@host/a rtsp://host/a user p@ss",
                "rtsp://user:p@ss/word@host:554/a rtsp://host:554/a user p@ss/word",
                "rtsp://admin:pa#ss?x@10.0.0.9:8554/ch0?x=1 rtsp://10.0.0.9:8554/ch0?x=1 admin pa#ss?x",
                "rtsp://admin:a%40b@host/ rtsp://host/ admin a@b",
                "rtsp://admin:100%sure@host/ rtsp://host/ admin 100%sure",
                "rtsp://admin:a+b@host/ rtsp://host/ admin a+b",
                "RTSPS://admin:x@[fe80::1]:322/s rtsps://[fe80::1]:322/s admin x",
                "rtsp://host:554/path@x rtsp://host:554/path@x - -",
                "rtsp://host/a|b{c} rtsp://host/a%7Cb%7Bc%7D - -",
                "rtsp://host rtsp://host - -",
                "rtsp://192.168.1.99:554/user=tmp&password=BagRep1!&channel=1 rtsp://192.168.1.99:554/user=tmp&password=BagRep1!&channel=1 - -"
            })
    void whatIsPastedIsTakenApart(String text, String url, String user, String password) {
        Pasted pasted = RtspUrl.parse(text);
        assertThat(pasted.url()).isEqualTo(URI.create(url));
        assertThat(pasted.username()).isEqualTo(user.equals("-") ? null : user);
        assertThat(pasted.password()).isEqualTo(password.equals("-") ? null : password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/a",
                "http://host/",
                "file:///etc/passwd",
                "rtsp://",
                "rtsp:///a",
                "rtsp://user:secret@",
                "rtsp://user:secret@ho st/",
                "rtsp://host:99999/",
                "rtsp://user:secret@host:x/"
            })
    void whatNoCameraCanHaveIsRefusedWithoutTellingThePassword(String text) {
        assertThatThrownBy(() -> RtspUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void logsShowNoCredentials() {
        assertThat(RtspUrl.redact("cannot pull rtsp://u:p@ss/w@host:554/a"))
                .isEqualTo("cannot pull rtsp://***@host:554/a");
        assertThat(RtspUrl.redact("rtsp://host/user=tmp&password=Bag!&channel=1?pwd=x"))
                .isEqualTo("rtsp://host/user=***&password=***&channel=1?pwd=***");
        assertThat(RtspUrl.redact("rtsp://host/Streaming/Channels/101"))
                .isEqualTo("rtsp://host/Streaming/Channels/101");
    }

    @Test
    void onlyRtspIsPulled() {
        assertThat(RtspUrl.refusal(URI.create("rtsp://host/a"))).isEmpty();
        assertThat(RtspUrl.refusal(URI.create("RTSPS://host/a"))).isEmpty();
        assertThat(RtspUrl.refusal(URI.create("http://host/a"))).isPresent();
        assertThat(RtspUrl.refusal(URI.create("rtsp:/a"))).isPresent();
        assertThat(RtspUrl.refusal(URI.create("rtsp://host:0/a"))).isPresent();
    }

    @Test
    void portsAreTheOnesOfTheScheme() {
        assertThat(RtspUrl.port(URI.create("rtsp://h/"))).isEqualTo(554);
        assertThat(RtspUrl.port(URI.create("rtsps://h/"))).isEqualTo(322);
        assertThat(RtspUrl.port(URI.create("rtsps://h:8322/"))).isEqualTo(8322);
    }
}
