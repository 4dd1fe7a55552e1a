package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the access units of one decoder configuration into fragments. The file's zero is the first
/// unit's decode time, or that of sound which comes late and belongs a little before it: a file
/// that follows another one at a key frame loses none. Not thread-safe; one per file or live
/// stream.
public final class Fragmenter {
    /// How long sound alone may gather while the next picture does not come.
    private static final Duration LATE_VIDEO = Duration.ofSeconds(2);

    /// How far before the first picture sound may belong that comes behind it.
    private static final int LATE_AUDIO_PART = 2; // of a second

    private static final int DEFAULT_VIDEO_DURATION = (int) (MediaTime.TICKS_PER_SECOND / 25);

    /// A fragment is cut at this many samples of one media track whatever their times say: a clock
    /// that runs backwards must not fill the memory.
    private static final int MAX_SAMPLES = 2048;

    private final boolean hasVideo;
    private final @Nullable AudioSamples audioSamples;
    private final int audioTimescale;
    private final long targetTicks;
    private final boolean immediate;
    private final AudioClock audioClock;

    private final List<AccessUnit> video = new ArrayList<>();
    private final List<AccessUnit> audio = new ArrayList<>();
    private long[] audioTimes = new long[64]; // of `audio`, in its timescale
    private final SampleRun videoRun = new SampleRun(MovieHeaderWriter.VIDEO_TRACK);
    private final SampleRun audioRun = new SampleRun(MovieHeaderWriter.AUDIO_TRACK);

    private @Nullable MediaTime zero;
    private int videoDuration; // distance of the newest two pictures, in ticks of 1/90000 s
    private long newestVideo = Long.MIN_VALUE;
    private long sequence;

    /// @param target a fragment is cut before a key frame and before a video unit that would make
    ///   it longer than this
    public Fragmenter(StreamFormat format, Duration target) {
        this(format, target, false);
    }

    private Fragmenter(StreamFormat format, Duration target, boolean immediate) {
        VideoFormat videoFormat = format.video();
        AudioFormat audioFormat = format.audio();
        hasVideo = videoFormat != null;
        audioSamples = audioFormat == null ? null : new AudioSamples(audioFormat);
        audioTimescale = audioFormat == null ? 1 : audioFormat.sampleRateHz();
        targetTicks = MediaTime.ZERO.plus(target).ticks90k();
        this.immediate = immediate;
        audioClock = new AudioClock(audioTimescale);
        videoDuration =
                videoFormat != null && videoFormat.fps() >= 1
                        ? (int) Math.round(MediaTime.TICKS_PER_SECOND / videoFormat.fps())
                        : DEFAULT_VIDEO_DURATION;
    }

    /// For live viewers: every video unit is a fragment at once, its duration guessed from the one
    /// before; `tfdt` carries the true time. Sound travels with the next picture.
    public static Fragmenter immediate(StreamFormat format) {
        return new Fragmenter(format, Duration.ZERO, true);
    }

    /// Units before the first key frame are ignored, and units of a media track that the format
    /// does not have.
    ///
    /// @return a fragment that this unit finished, or null
    public @Nullable Fragment add(AccessUnit unit) {
        if (unit.isVideo() ? !hasVideo : audioSamples == null) {
            return null;
        }
        if (zero == null) {
            if (unit.isVideo() != hasVideo || !unit.keyFrame()) {
                return null;
            }
            zero = unit.dts();
        }
        return unit.isVideo() ? addVideo(unit) : addAudio(unit);
    }

    /// What has been added and not yet returned; null when nothing. The duration of the last sample
    /// is guessed. Units may follow, also after a gap: their times are kept.
    public @Nullable Fragment flush() {
        if (video.isEmpty() && audio.isEmpty()) {
            return null;
        }
        return fragment(video.size(), lastVideoEnd(), audio.size());
    }

    private @Nullable Fragment addVideo(AccessUnit unit) {
        noteDistance(ticks(unit));
        Fragment done = null;
        if (!immediate && !video.isEmpty() && (unit.keyFrame() || tooLongWith(unit))) {
            done = fragment(video.size(), ticks(unit), audioBefore(ticks(unit)));
        }
        video.add(unit);
        return immediate ? fragment(1, lastVideoEnd(), audio.size()) : done;
    }

    private void noteDistance(long ticks) {
        if (newestVideo != Long.MIN_VALUE) {
            // longer ones are gaps, and no guess for the next picture
            videoDuration = (int) Math.clamp(ticks - newestVideo, 1, MediaTime.TICKS_PER_SECOND);
        }
        newestVideo = ticks;
    }

    private boolean tooLongWith(AccessUnit unit) {
        return ticks(unit) + videoDuration - ticks(video.getFirst()) > targetTicks
                || video.size() >= MAX_SAMPLES;
    }

    private @Nullable Fragment addAudio(AccessUnit unit) {
        int samples = samples(unit);
        long measured = new MediaTime(ticks(unit)).in(audioTimescale);
        if (measured < 0 && (sequence > 0 || measured < -audioTimescale / LATE_AUDIO_PART)) {
            return null; // sound from before the file
        }
        long time = audioClock.place(measured, samples);
        Fragment done = hasVideo ? withoutLateVideo(time) : audioOnly(time, samples);
        if (audio.size() == audioTimes.length) {
            audioTimes = Arrays.copyOf(audioTimes, audio.size() * 2);
        }
        audioTimes[audio.size()] = time;
        audio.add(unit);
        return done;
    }

    private @Nullable Fragment audioOnly(long time, int samples) {
        if (audio.isEmpty()) {
            return null;
        }
        long length = toTicks(time + samples - audioTimes[0]);
        return immediate || length > targetTicks || audio.size() >= MAX_SAMPLES
                ? fragment(0, 0, audio.size())
                : null;
    }

    /// A picture that is late holds up neither the sound nor the pictures before it; it stays, as
    /// only the next one tells how long it is shown.
    private @Nullable Fragment withoutLateVideo(long time) {
        if (audio.isEmpty()) {
            return null;
        }
        long first = video.isEmpty() ? toTicks(audioTimes[0]) : ticks(video.getFirst());
        first = Math.min(first, toTicks(audioTimes[0]));
        long patience =
                immediate
                        ? MediaTime.TICKS_PER_SECOND / 5
                        : targetTicks + MediaTime.ZERO.plus(LATE_VIDEO).ticks90k();
        if (toTicks(time) - first <= patience && audio.size() < MAX_SAMPLES) {
            return null;
        }
        int pictures = Math.max(0, video.size() - 1);
        long end = video.isEmpty() ? 0 : ticks(video.getLast());
        return fragment(pictures, end, audio.size());
    }

    /// Takes the oldest pending samples.
    ///
    /// @param videoEnd where the last taken picture ends, in ticks of 1/90000 s
    private Fragment fragment(int videoCount, long videoEnd, int audioCount) {
        long end = videoEnd;
        if (sequence == 0 && !audio.isEmpty() && audioTimes[0] < 0) {
            end += beginEarlier(-audioTimes[0]);
        }
        List<SampleRun> runs = new ArrayList<>(2);
        AccessUnit first = videoCount > 0 ? video.getFirst() : audio.getFirst();
        if (videoCount > 0) {
            fillVideo(videoCount, end);
            runs.add(videoRun);
        }
        if (audioCount > 0) {
            fillAudio(audioCount);
            runs.add(audioRun);
        }
        List<ByteBuffer> buffers = FragmentWriter.write(++sequence, first.wallTime(), runs);
        int bytes = buffers.getFirst().remaining();
        for (int i = 0; i < runs.size(); i++) {
            bytes += runs.get(i).payloadBytes();
        }
        int timescale = videoCount > 0 ? (int) MediaTime.TICKS_PER_SECOND : audioTimescale;
        var fragment =
                new Fragment(
                        MediaTime.of(runs.getFirst().baseTime, timescale),
                        MediaTime.of(runs.getFirst().totalDuration(), timescale)
                                .since(MediaTime.ZERO),
                        first.wallTime(),
                        videoCount > 0 ? first.keyFrame() : !hasVideo,
                        bytes,
                        buffers);
        video.subList(0, videoCount).clear();
        audio.subList(0, audioCount).clear();
        System.arraycopy(audioTimes, audioCount, audioTimes, 0, audio.size());
        videoRun.clear();
        audioRun.clear();
        return fragment;
    }

    /// Moves the file's zero, so that sound which came late does not lie before it.
    ///
    /// @return by how many ticks of 1/90000 s
    private long beginEarlier(long samples) {
        long ticks = toTicks(samples);
        zero = zero == null ? null : new MediaTime(zero.ticks90k() - ticks);
        newestVideo += ticks;
        audioClock.shift(samples);
        for (int i = 0; i < audio.size(); i++) {
            audioTimes[i] += samples;
        }
        return ticks;
    }

    private void fillVideo(int count, long end) {
        AccessUnit unit = video.getFirst();
        videoRun.baseTime = ticks(unit);
        videoRun.startsWithKeyFrame = unit.keyFrame();
        for (int i = 0; i < count; i++) {
            unit = video.get(i);
            long next = i + 1 < count ? ticks(video.get(i + 1)) : end;
            int duration = (int) Math.clamp(next - ticks(unit), 1, Integer.MAX_VALUE);
            long offset = unit.pts().ticks90k() - unit.dts().ticks90k();
            int shown = (int) Math.clamp(offset, 0, Integer.MAX_VALUE);
            videoRun.add(unit.payload(), duration, shown);
        }
    }

    private void fillAudio(int count) {
        audioRun.baseTime = audioTimes[0];
        for (int i = 0; i < count; i++) {
            AccessUnit unit = audio.get(i);
            long duration =
                    i + 1 < audio.size() ? audioTimes[i + 1] - audioTimes[i] : samples(unit);
            if (i + 1 == count) {
                duration = Math.min(duration, samples(unit)); // a gap is between the fragments
            }
            audioRun.add(unit.payload(), (int) Math.clamp(duration, 1, Integer.MAX_VALUE), 0);
        }
    }

    private int audioBefore(long videoTicks) {
        int count = 0;
        while (count < audio.size() && toTicks(audioTimes[count]) < videoTicks) {
            count++;
        }
        return count;
    }

    private long lastVideoEnd() {
        return video.isEmpty() ? 0 : ticks(video.getLast()) + videoDuration;
    }

    private int samples(AccessUnit unit) {
        return audioSamples == null ? 1 : audioSamples.count(unit.payload());
    }

    /// Since the file's zero.
    private long ticks(AccessUnit unit) {
        return zero == null ? 0 : unit.dts().ticks90k() - zero.ticks90k();
    }

    private long toTicks(long audioTime) {
        return MediaTime.of(audioTime, audioTimescale).ticks90k();
    }
}
