package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://host:8554/cam1/main, cam1/main, '', -1",
        "rtsp://host:8554/cam1/main/, cam1/main, '', -1",
        "rtsp://host/cam1/main/track1, cam1/main, '', 1",
        "rtsp://host//cam1/main//track0, cam1/main, '', 0",
        "rtsp://host/cam1/main?ticket=x, cam1/main, ticket=x, -1",
        "rtsp://host/cam1/main?ticket=x/track1, cam1/main, ticket=x, 1",
        "rtsp://host/cam1/main/track1?ticket=x, cam1/main, ticket=x, 1",
        "rtsp://user:secret@host/cam1, cam1, '', -1",
        "rtsp://host/tracking/track, tracking/track, '', -1",
        "/cam1/main, cam1/main, '', -1",
        "rtsp://host, '', '', -1",
        "*, '', '', -1",
        "rtsp://host/cam1/track999, cam1/track999, '', -1",
    })
    void anyUrlIsTakenApart(String url, String path, String query, int track) {
        assertThat(RequestTarget.parse(url)).isEqualTo(new RequestTarget(path, query, track));
    }
}
