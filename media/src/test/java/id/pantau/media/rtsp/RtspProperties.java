package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.sdp.SessionDescription;
import id.pantau.media.sdp.TrackChoice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What must hold for any bytes a network can bring: no exception but the declared one, and what
/// was read is the same after writing and reading it again.
final class RtspProperties {
    private RtspProperties() {}

    static void check(byte[] input) throws IOException {
        message(input);
        stream(input);
        String text = new String(input, StandardCharsets.UTF_8);
        headers(text);
        description(text);
    }

    private static void message(byte[] input) throws MalformedRtspException {
        RtspMessage message;
        try {
            message = RtspMessage.parse(ByteBuffer.wrap(input));
        } catch (MalformedRtspException _) {
            return;
        }
        assertThat(RtspMessage.parse(message.write()).write()).isEqualTo(message.write());
    }

    /// All of it is taken apart, in whatever gulps.
    private static void stream(byte[] input) throws IOException {
        var rtsp = new RtspInput();
        var gulps = new ByteArrayInputStream(input);
        try {
            do {
                RtspInput.Found found = rtsp.next();
                while (found != RtspInput.Found.NOTHING) {
                    if (found == RtspInput.Found.FRAME) {
                        assertThat(rtsp.frame().remaining()).isGreaterThanOrEqualTo(4);
                    }
                    found = rtsp.next();
                }
            } while (rtsp.fill(gulps) >= 0);
        } catch (MalformedRtspException _) {
            return;
        }
        rtsp.takeCutMessage();
        rtsp.takeStrayText();
        assertThat(rtsp.noise().length()).isLessThanOrEqualTo(40);
    }

    private static void headers(String text) {
        RtspHeaders headers = RtspHeaders.parse(text);
        assertThat(RtspHeaders.parse(headers.write())).isEqualTo(headers);
        for (RtspTransport transport : RtspTransport.parseAll(text)) {
            assertThat(RtspTransport.parse(transport.write())).hasValue(transport);
        }
        SessionHeader.parse(text)
                .ifPresent(one -> assertThat(SessionHeader.parse(one.write())).hasValue(one));
        RtspRange.parse(text)
                .ifPresent(one -> assertThat(RtspRange.parse(one.write())).hasValue(one));
        List<RtpInfo> infos = RtpInfo.parseAll(text);
        assertThat(RtpInfo.parseAll(RtpInfo.write(infos))).isEqualTo(infos);
        List<RtspChallenge> challenges = RtspChallenge.parseAll(List.of(text));
        assertThat(RtspChallenge.parseAll(challenges.stream().map(RtspChallenge::write).toList()))
                .isEqualTo(challenges);
        RtspAuthorization.parse(text)
                .ifPresent(one -> {
                    assertThat(RtspAuthorization.parse(one.write())).hasValue(one);
                    assertThat(one.matches("PLAY", "x" + one)).isFalse();
                });
        var login = new RtspAuthentication("admin", "secret");
        if (login.accept(challenges)) {
            assertThat(login.answer("PLAY", "rtsp://c/").orElseThrow().write()).isNotEmpty();
        }
        RtspUrl.base(text, text, "rtsp://c/");
        RtspUrl.control("rtsp://c/", text);
        RtspUrl.redact(text);
        try {
            RtspUrl.parse("rtsp://" + text);
        } catch (IllegalArgumentException _) {
            // no address of a camera
        }
    }

    private static void description(String text) {
        SessionDescription description = SessionDescription.parse(text);
        assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
        TrackChoice.choose(description);
        TrackChoice.offered(description);
    }
}
