package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaFormat;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packets of a format, and the track a session description would announce for it.
final class Sender {
    final Packetizer packetizer;
    private final MediaFormat format;
    private final SdpLines lines;

    Sender(MediaFormat format, int mtuBytes) {
        this.format = format;
        this.lines = SdpLines.of(format, 96);
        this.packetizer = new Packetizer(format, lines.payloadType(), 0x5eed, 65_530, mtuBytes);
    }

    RtpTrack track() {
        Map<String, String> fmtp = new HashMap<>();
        for (String part : lines.fmtp().split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fmtp.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        int channels =
                switch (format) {
                    case VideoFormat _ -> 1;
                    case AudioFormat audio -> audio.channels();
                };
        return new RtpTrack(
                format.codec(), lines.payloadType(), packetizer.clockRateHz(), channels, fmtp);
    }

    /// The same track, announced without parameter sets.
    RtpTrack silentTrack() {
        RtpTrack track = track();
        return new RtpTrack(
                track.codec(),
                track.payloadType(),
                track.clockRateHz(),
                track.channels(),
                Map.of("packetization-mode", "1"));
    }

    List<ByteBuffer> packets(AccessUnit unit) {
        List<ByteBuffer> packets = new ArrayList<>();
        packetizer.packetize(
                unit,
                packet -> packets.add(ByteBuffer.allocate(packet.remaining()).put(packet).flip()));
        return packets;
    }
}
