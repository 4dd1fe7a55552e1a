package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.AdtsHeader;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.OpusPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The audio media track of a session: packets to audio frames. Not thread-safe.
final class AudioTrackReceiver extends TrackReceiver implements AacDepacketizer.Sink {
    private final ReceivedSession session;
    private final @Nullable AacDepacketizer aac;
    private AudioFormat format;
    private long frame90k; // AAC: duration of a frame
    private @Nullable AdtsHeader adts;
    private long packet90k; // where the packet in hand begins
    private long natural90k; // how long the packet before was
    private long lastDts = Long.MIN_VALUE;
    private boolean lost;

    AudioTrackReceiver(RtpTrack track, ReceivedSession session) {
        super(track, session);
        this.session = session;
        this.aac = track.codec() == Codec.AAC ? new AacDepacketizer(track) : null;
        this.format = announced(track);
    }

    AudioFormat format() {
        return format;
    }

    @Override
    void packet(RtpPacket packet, int missing) {
        if (missing != 0) {
            lost = true;
            if (aac != null) {
                aac.lose();
            }
        }
        if (packet.payloadBytes() == 0) {
            return;
        }
        if (aac == null || !aac.awaitsRestOf(packet.timestamp())) {
            arrived(packet.timestamp());
            packet90k = mediaTime(packet.timestamp(), natural90k);
            natural90k = 0;
        }
        if (aac != null) {
            if (!aac.payload(packet, this)) {
                malformed++;
            }
            return;
        }
        ByteBuffer payload = packet.payload();
        try {
            natural90k = duration90k(payload);
            emit(packet90k, payload);
        } catch (MalformedBitstreamException _) {
            malformed++;
        }
    }

    @Override
    public void frame(int index, ByteBuffer frame) {
        natural90k = Math.max(natural90k, (index + 1) * frame90k);
        emit(packet90k + index * frame90k, frame);
    }

    @Override
    public void adts(AdtsHeader header) {
        boolean same =
                adts != null
                        && adts.sampleRateHz() == header.sampleRateHz()
                        && adts.channelConfiguration() == header.channelConfiguration()
                        && adts.objectType() == header.objectType();
        adts = header;
        if (same || header.channels() == 0) {
            return;
        }
        AudioFormat next =
                new AudioFormat(
                        Codec.AAC, header.sampleRateHz(), header.channels(), header.config());
        if (next.sampleRateHz() != format.sampleRateHz() || next.channels() != format.channels()) {
            format = next;
            frame90k = 1024L * MediaTime.TICKS_PER_SECOND / next.sampleRateHz();
            session.audioFormatChanged();
        }
    }

    private void emit(long media90k, ByteBuffer frame) {
        if (!session.announceFor(this)) {
            dropped++;
            return;
        }
        long dts = Math.max(media90k, lastDts + 1);
        if (lost && session.isAudioOnly() && lastDts != Long.MIN_VALUE) {
            Duration missing = new MediaTime(dts).since(new MediaTime(lastDts + frame90k));
            session.emitGap(missing.isNegative() ? Duration.ZERO : missing, GapCause.NETWORK);
        }
        lost = false;
        lastDts = dts;
        accessUnits++;
        var time = new MediaTime(dts);
        ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
        session.emit(
                new AccessUnit(MediaKind.AUDIO, time, time, true, session.instantAt(dts), copy));
    }

    private long duration90k(ByteBuffer payload) throws MalformedBitstreamException {
        if (format.codec() == Codec.OPUS) {
            return OpusPacket.samples(payload) * MediaTime.TICKS_PER_SECOND / 48_000;
        }
        long samples = payload.remaining() / Math.max(1, format.channels());
        return samples * MediaTime.TICKS_PER_SECOND / format.sampleRateHz();
    }

    private AudioFormat announced(RtpTrack track) {
        int rate = Math.max(1, track.clockRateHz());
        int channels = Math.clamp(track.channels(), 1, 8);
        return switch (track.codec()) {
            case AAC -> announcedAac(track, rate, channels);
            case OPUS -> {
                // Opus is announced as stereo always (RFC 7587 §7); what is sent is said apart.
                boolean said = track.fmtp().containsKey("sprop-stereo");
                int sent =
                        said
                                ? 1 + Math.clamp(number(track, "sprop-stereo"), 0, 1)
                                : Math.min(channels, 2);
                yield new AudioFormat(
                        Codec.OPUS,
                        OpusPacket.SAMPLE_RATE_HZ,
                        sent,
                        OpusPacket.decoderConfig(sent));
            }
            case PCMU, PCMA -> new AudioFormat(track.codec(), rate, channels, Bytes.EMPTY);
            case H264, H265, FLAC ->
                    throw new IllegalArgumentException(track.codec() + " is no audio of a camera");
        };
    }

    private AudioFormat announcedAac(RtpTrack track, int rate, int channels) {
        String config = track.fmtp().get("config");
        if (config != null) {
            try {
                Bytes bytes = Bytes.of(HexFormat.of().parseHex(config.strip()));
                AacConfig parsed = AacConfig.parse(bytes.buffer());
                frame90k =
                        parsed.samplesPerFrame()
                                * MediaTime.TICKS_PER_SECOND
                                / parsed.sampleRateHz();
                boolean clockIsOutput = rate == parsed.extensionSampleRateHz();
                int out = parsed.extension() == AacConfig.Extension.PS ? 2 : parsed.channels();
                return new AudioFormat(
                        Codec.AAC,
                        clockIsOutput ? rate : parsed.sampleRateHz(),
                        Math.clamp(out, 1, 8),
                        bytes);
            } catch (MalformedBitstreamException | IllegalArgumentException _) {
                // What rtpmap says will have to do.
            }
        }
        frame90k = 1024L * MediaTime.TICKS_PER_SECOND / rate;
        return new AudioFormat(Codec.AAC, rate, channels, AacConfig.lowComplexity(rate, channels));
    }
}
