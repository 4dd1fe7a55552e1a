package id.pantau.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.Samples;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.rtp.RtpReceiver;
import id.pantau.media.rtp.RtpTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// From a camera's description to the decoder configuration: what the parameter sets in the
/// description say is what a recording would be made with, once the first picture is there.
@Tag("samples")
class AnnouncedFormatSamplesTest {
    private static final Bytes H264_IDR = Bytes.ofHex("658884000a");
    private static final Bytes H265_IDR = Bytes.ofHex("2601af0004");

    @TestFactory
    Stream<DynamicTest> everyDescriptionLeadsToTheRightPicture() throws IOException {
        var files = new ArrayList<>(Samples.list("rtsp/sdp", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".txt"));
        return files.stream().map(file -> dynamicTest(file.getFileName() + "", () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString();
        JsonNode expected = Samples.json(Samples.expectation(file)).get("sdp");
        if (expected == null) {
            return;
        }
        String text = Samples.text(file);
        String body = name.endsWith(".txt") ? text.split("\r\n\r\n", 2)[1] : text;
        SessionDescription description = SessionDescription.parse(body);
        List<TrackChoice> choices = TrackChoice.choose(description);
        List<RtpTrack> tracks = choices.stream().map(TrackChoice::track).toList();
        for (TrackChoice choice : choices) {
            int media = description.media().indexOf(choice.media());
            JsonNode payload = payload(expected.get("media").get(media), choice.track());
            Optional<StreamFormat> format = formatOf(tracks);
            if (payload.has("video")) {
                checkVideo(format.orElseThrow().video(), payload);
            }
            if (payload.has("aac") && format.isPresent()) {
                checkAudio(format.get().audio(), payload);
            }
        }
    }

    private static JsonNode payload(JsonNode media, RtpTrack track) {
        return media.get("payloads")
                .valueStream()
                .filter(one -> one.get("pt").asInt() == track.payloadType())
                .findFirst()
                .orElseThrow();
    }

    private static void checkVideo(@Nullable VideoFormat video, JsonNode payload) {
        JsonNode expected = payload.get("video");
        Objects.requireNonNull(video);
        assertThat(video.widthPx()).isEqualTo(expected.get("width").asInt());
        assertThat(video.heightPx()).isEqualTo(expected.get("height").asInt());
        double fps = expected.hasNonNull("fps") ? expected.get("fps").asDouble() : 0;
        assertThat(video.fps()).isEqualTo(fps, within(0.01));
        assertThat(video.sps()).first().isEqualTo(Bytes.ofHex(hex(payload, "sps")));
        assertThat(video.pps()).first().isEqualTo(Bytes.ofHex(hex(payload, "pps")));
        if (payload.has("vps")) {
            assertThat(video.vps()).containsExactly(Bytes.ofHex(hex(payload, "vps")));
        }
    }

    private static String hex(JsonNode payload, String name) {
        return payload.get(name).asString();
    }

    private static void checkAudio(@Nullable AudioFormat audio, JsonNode payload) {
        Objects.requireNonNull(audio);
        assertThat(audio.codec()).isEqualTo(Codec.AAC);
        assertThat(audio.sampleRateHz()).isEqualTo(payload.get("aac").get("sampleRate").asInt());
        assertThat(audio.channels()).isEqualTo(payload.get("aac").get("channelConfig").asInt());
    }

    /// The format a receiver tells when the first picture comes; empty when it waits for more.
    private static Optional<StreamFormat> formatOf(List<RtpTrack> tracks) {
        var found = new ArrayList<StreamFormat>();
        var receiver =
                new RtpReceiver(
                        tracks,
                        Clock.systemUTC(),
                        signal -> {
                            if (signal instanceof StreamSignal.FormatChanged(var format)) {
                                found.add(format);
                            }
                        });
        for (int i = 0; i < 3; i++) {
            for (int track = 0; track < tracks.size(); track++) {
                if (tracks.get(track).codec().kind() == MediaKind.VIDEO) {
                    receiver.rtp(track, packet(tracks.get(track), i));
                }
            }
        }
        return found.stream().findFirst();
    }

    private static ByteBuffer packet(RtpTrack track, int sequence) {
        Bytes slice = track.codec() == Codec.H265 ? H265_IDR : H264_IDR;
        return ByteBuffer.allocate(64)
                .put((byte) 0x80)
                .put((byte) (0x80 | track.payloadType()))
                .putShort((short) sequence)
                .putInt(3600 * sequence)
                .putInt(7)
                .put(slice.buffer())
                .flip();
    }

    @Test
    void oddParameterSetsWaitForThoseInTheStream() throws IOException {
        for (JsonNode one : Samples.jsonLines(Samples.folder("rtsp").resolve("odd-fmtp.jsonl"))) {
            String fmtp =
                    one.has("fmtp")
                            ? one.get("fmtp").asString()
                            : "sprop-parameter-sets=" + one.get("sprop").asString();
            Map<String, String> parameters =
                    new PayloadFormat(96, "H264", 90_000, 1, fmtp).parameters();
            var track = new RtpTrack(Codec.H264, 96, 90_000, 1, parameters);
            Optional<StreamFormat> format = formatOf(List.of(track));
            assertThat(format.isPresent()).as(fmtp).isEqualTo(one.hasNonNull("pps"));
            VideoFormat video = format.map(StreamFormat::video).orElse(null);
            if (video != null) {
                assertThat(video.pps()).containsExactly(Bytes.ofHex(one.get("pps").asString()));
            }
        }
    }
}
