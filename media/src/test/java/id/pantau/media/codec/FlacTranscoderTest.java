package id.pantau.media.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlacTranscoderTest {
    @ParameterizedTest
    @CsvSource({"PCMU, 1, 160", "PCMA, 1, 160", "PCMU, 2, 320", "PCMA, 1, 1", "PCMU, 1, 4000"})
    void everySampleComesOutAsItWent(Codec codec, int channels, int packet) {
        var format = new AudioFormat(codec, 8000, channels, Bytes.EMPTY);
        for (long seed = 1; seed <= 5; seed++) {
            byte[] codes = sound(seed, 16_000 * channels);
            var transcoder = new FlacTranscoder(format, FlacTranscoder.LIVE_LATENCY);
            List<AccessUnit> frames = new ArrayList<>();
            int bytes = packet * channels;
            for (int at = 0; at < codes.length; at += bytes) {
                int length = Math.min(bytes, codes.length - at);
                take(
                        transcoder.add(unit(at / channels, ByteBuffer.wrap(codes, at, length))),
                        frames);
            }
            take(transcoder.flush(), frames);

            int sample = 0;
            for (AccessUnit frame : frames) {
                assertThat(FlacDecoder.number(frame.payload())).isEqualTo(sample);
                assertThat(frame.dts().in(8000)).isEqualTo(sample);
                int[][] pcm = FlacDecoder.decode(frame.payload());
                assertThat(pcm.length).isLessThanOrEqualTo(Math.max(1024, packet));
                for (int[] values : pcm) {
                    for (int channel = 0; channel < channels; channel++) {
                        int code = codes[sample * channels + channel];
                        assertThat(values[channel]).isEqualTo(G711.decode(codec, code));
                    }
                    sample++;
                }
            }
            assertThat(sample * channels).as("seed %d", seed).isEqualTo(codes.length);
        }
    }

    /// Silence, a constant, a tone, noise, and the extremes.
    private static byte[] sound(long seed, int length) {
        var random = new Random(seed);
        byte[] codes = new byte[length];
        for (int i = 0; i < length; i++) {
            codes[i] =
                    switch (i / 3000 % 4) {
                        case 0 -> (byte) 0xff;
                        case 1 -> (byte) (0x80 + 20 * Math.sin(i * 0.1 * seed));
                        case 2 -> (byte) random.nextInt(256);
                        default -> (byte) (random.nextBoolean() ? 0x00 : 0x80);
                    };
        }
        return codes;
    }

    @Test
    void g711IsDecodedAsTheStandardSays() {
        // ITU-T G.711 tables 1a and 2a: the ends and the middle
        assertThat(G711.decode(Codec.PCMU, 0x00)).isEqualTo(-32_124);
        assertThat(G711.decode(Codec.PCMU, 0x80)).isEqualTo(32_124);
        assertThat(G711.decode(Codec.PCMU, 0xff)).isZero();
        assertThat(G711.decode(Codec.PCMU, 0x7f)).isZero();
        assertThat(G711.decode(Codec.PCMU, 0xfe)).isEqualTo(8);
        assertThat(G711.decode(Codec.PCMA, 0xd5)).isEqualTo(8);
        assertThat(G711.decode(Codec.PCMA, 0x55)).isEqualTo(-8);
        assertThat(G711.decode(Codec.PCMA, 0xaa)).isEqualTo(32_256);
        assertThat(G711.decode(Codec.PCMA, 0x2a)).isEqualTo(-32_256);
    }

    @Test
    void aPacketWaitsNoLongerThanTheLatency() {
        var transcoder =
                new FlacTranscoder(
                        new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY),
                        FlacTranscoder.LIVE_LATENCY);
        for (int i = 0; i < 5; i++) {
            assertThat(transcoder.add(unit(i * 160L, ByteBuffer.allocate(160)))).isNull();
        }
        // a seventh packet would make it 140 ms
        AccessUnit frame = requireNonNull(transcoder.add(unit(5 * 160L, ByteBuffer.allocate(160))));
        assertThat(FlacDecoder.decode(frame.payload()).length).isEqualTo(960);
    }

    @Test
    void aJumpEndsTheFrameBeforeIt() {
        var transcoder =
                new FlacTranscoder(
                        new AudioFormat(Codec.PCMA, 8000, 1, Bytes.EMPTY), Duration.ofSeconds(1));
        assertThat(transcoder.add(unit(0, ByteBuffer.allocate(160)))).isNull();
        AccessUnit before = requireNonNull(transcoder.add(unit(8000, ByteBuffer.allocate(160))));
        AccessUnit after = requireNonNull(transcoder.flush());
        assertThat(FlacDecoder.decode(before.payload()).length).isEqualTo(160);
        assertThat(FlacDecoder.number(after.payload())).isEqualTo(8000);
        assertThat(after.dts().in(8000)).isEqualTo(8000);
    }

    @Test
    void onlyG711IsTaken() {
        var aac = new AudioFormat(Codec.AAC, 8000, 1, Bytes.EMPTY);
        assertThatThrownBy(() -> new FlacTranscoder(aac, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AAC");
    }

    private static void take(
            @org.jspecify.annotations.Nullable AccessUnit frame, List<AccessUnit> frames) {
        if (frame != null) {
            frames.add(frame);
        }
    }

    private static AccessUnit unit(long sample, ByteBuffer codes) {
        var time = MediaTime.of(sample, 8000);
        return new AccessUnit(MediaKind.AUDIO, time, time, true, Instant.EPOCH, codes);
    }
}
