package id.pantau.media.flv;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamSignal;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.rtp.ArrivalClock;
import id.pantau.media.rtp.WallTimeline;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Turns the tags of one sender into the signals of a stream. Survives whatever the tags hold: what
/// cannot be read is thrown away and counted. Not thread-safe.
public final class FlvReceiver {
    /// The only rate FLV knows for G.711.
    private static final int G711_RATE_HZ = 8000;

    private final ArrivalClock arrival;
    private final WallTimeline wall = new WallTimeline();
    private final TagClock clock = new TagClock();
    private final Announcement announcement;
    private @Nullable VideoTags video;
    private @Nullable AudioFormat audioFormat;
    private @Nullable String foreignVideo;
    private boolean waitingForKeyFrame = true;
    private long lastVideoDts = Long.MIN_VALUE;
    private long lastAudioDts = Long.MIN_VALUE;
    private long decodedBefore90k; // how far presentation ever was before decoding
    private long malformed;
    private long dropped;

    /// @param clock the server's
    /// @param monotonicNanos never set, as [System#nanoTime]
    /// @param sink gets the format, units and format changes on the thread that gives the tags
    public FlvReceiver(Clock clock, LongSupplier monotonicNanos, Consumer<StreamSignal> sink) {
        this.arrival = new ArrivalClock(clock, monotonicNanos);
        this.announcement = new Announcement(sink);
    }

    /// @param tag whose body is the receiver's from here on
    public void accept(FlvTag tag) {
        arrival.tick();
        try {
            switch (tag.kind()) {
                case VIDEO -> video(TagBody.video(tag.body()), tag.timestampMs());
                case AUDIO -> audio(TagBody.audio(tag.body()), tag.timestampMs());
                case SCRIPT -> announcement.expect(Metadata.read(tag.body()));
            }
        } catch (MalformedFlvException _) {
            malformed++;
        }
    }

    /// A video codec that was sent and is not carried, for people to read.
    public Optional<String> foreignVideo() {
        return Optional.ofNullable(foreignVideo);
    }

    /// Tags and NAL units that could not be read.
    public long malformed() {
        return malformed;
    }

    /// Pictures that could not be decoded, because what they refer to is missing, and sound of
    /// unknown format.
    public long dropped() {
        return dropped;
    }

    private void video(TagBody body, int timestampMs) throws MalformedFlvException {
        switch (body) {
            case TagBody.Config(Codec codec, ByteBuffer record) ->
                    video = new VideoTags(codec, record);
            case TagBody.Picture picture -> picture(picture, timestampMs);
            case TagBody.Foreign(String codec) -> foreignVideo = codec;
            case TagBody.Nothing _, TagBody.Sound _ -> {}
        }
    }

    private void picture(TagBody.Picture picture, int timestampMs) throws MalformedFlvException {
        VideoTags tags = video;
        if (tags == null || tags.codec() != picture.codec()) {
            dropped++; // joined in the middle, before any configuration
            return;
        }
        VideoTags.Unit unit = tags.unit(picture.units());
        if (unit == null) {
            return; // no slice: parameter sets or SEI alone
        }
        boolean ready = unit.format() != null && (unit.keyFrame() || !waitingForKeyFrame);
        if (unit.format() == null || !ready) {
            dropped++;
            return;
        }
        waitingForKeyFrame = false;
        if (unit.keyFrame()) {
            announcement.video(unit.format());
        }
        long sent = clock.next(timestampMs, arrival.elapsed90k());
        // Some encoders send presentation times before decoding times: decode everything earlier.
        long composition = (long) picture.compositionMs() * 90;
        decodedBefore90k = Math.clamp(-composition, decodedBefore90k, MediaTime.TICKS_PER_SECOND);
        long dts = Math.max(sent - decodedBefore90k, lastVideoDts + 1);
        long pts = Math.max(dts, sent + composition);
        lastVideoDts = dts;
        wall.observe(pts, arrival.nowMicros(), arrival.takeStepped());
        announcement.unit(
                new AccessUnit(
                        MediaKind.VIDEO,
                        new MediaTime(dts),
                        new MediaTime(pts),
                        unit.keyFrame(),
                        wall.instantAt(pts),
                        unit.payload()));
    }

    private void audio(TagBody body, int timestampMs) throws MalformedFlvException {
        switch (body) {
            case TagBody.Config(Codec codec, ByteBuffer record) ->
                    audioFormat(codec == Codec.OPUS ? OpusHead.read(record) : aac(record));
            case TagBody.Sound(Codec codec, int channels, ByteBuffer frame) -> {
                if (codec == Codec.PCMA || codec == Codec.PCMU) {
                    audioFormat(new AudioFormat(codec, G711_RATE_HZ, channels, Bytes.EMPTY));
                }
                sound(codec, frame, timestampMs);
            }
            case TagBody.Foreign _ -> dropped++; // the pictures are worth having without
            case TagBody.Nothing _, TagBody.Picture _ -> {}
        }
    }

    private void audioFormat(AudioFormat next) {
        if (!next.equals(audioFormat)) {
            audioFormat = next;
            if (announcement.audio(next)) {
                waitingForKeyFrame = true;
            }
        }
    }

    private void sound(Codec codec, ByteBuffer frame, int timestampMs) {
        AudioFormat format = audioFormat;
        if (format == null || format.codec() != codec || !frame.hasRemaining()) {
            dropped++;
            return;
        }
        long sent = clock.next(timestampMs, arrival.elapsed90k());
        long dts = Math.max(sent - decodedBefore90k, lastAudioDts + 1);
        lastAudioDts = dts;
        if (lastVideoDts == Long.MIN_VALUE) { // else video alone tells the time
            wall.observe(dts, arrival.nowMicros(), arrival.takeStepped());
        }
        var time = new MediaTime(dts);
        announcement.unit(
                new AccessUnit(MediaKind.AUDIO, time, time, true, wall.instantAt(dts), frame));
    }

    private static AudioFormat aac(ByteBuffer record) throws MalformedFlvException {
        try {
            AacConfig config = AacConfig.parse(record);
            int channels = config.extension() == AacConfig.Extension.PS ? 2 : config.channels();
            return new AudioFormat(
                    Codec.AAC, config.sampleRateHz(), Math.clamp(channels, 1, 8), Bytes.of(record));
        } catch (MalformedBitstreamException e) {
            throw new MalformedFlvException("AudioSpecificConfig: " + e.getMessage());
        }
    }
}
