package id.pantau.media.webrtc;

import java.util.HashMap;
import java.util.Map;

/// What a peer sends, opened: authentic packets, each once. Not thread-safe.
final class SrtpInbound {
    /// A browser sends four (video, audio, each with retransmissions); more are not remembered.
    private static final int MAX_SSRCS = 16;

    private final SrtpCipher cipher;
    private final Map<Integer, ReplayWindow> rtp = new HashMap<>();
    private final Map<Integer, ReplayWindow> rtcp = new HashMap<>();
    private long rejected;

    SrtpInbound(SrtpCipher cipher) {
        this.cipher = cipher;
    }

    /// Opens in place.
    ///
    /// @return the length of the plain RTP packet, or [SrtpCipher#FORGED]
    int rtp(byte[] packet, int length) {
        if (length < 12) {
            return reject();
        }
        int ssrc = SrtpCipher.getInt(packet, 8);
        ReplayWindow window = window(rtp, ssrc);
        long index = window.indexOf((packet[2] & 0xff) << 8 | packet[3] & 0xff);
        if (!window.isNew(index)) {
            return reject();
        }
        int plain = cipher.openRtp(packet, length, index);
        return plain < 0 ? reject() : accept(rtp, ssrc, window, index, plain);
    }

    /// Opens in place.
    ///
    /// @return the length of the plain compound packet, or [SrtpCipher#FORGED]
    int rtcp(byte[] packet, int length) {
        int index = cipher.rtcpIndex(packet, length);
        if (index < 0) {
            return reject();
        }
        int ssrc = SrtpCipher.getInt(packet, 4);
        ReplayWindow window = window(rtcp, ssrc);
        if (!window.isNew(index)) {
            return reject();
        }
        int plain = cipher.openRtcp(packet, length);
        return plain < 0 ? reject() : accept(rtcp, ssrc, window, index, plain);
    }

    /// Packets that were forged, damaged, replayed, or of an SSRC too many.
    long rejected() {
        return rejected;
    }

    private static ReplayWindow window(Map<Integer, ReplayWindow> windows, int ssrc) {
        ReplayWindow known = windows.get(ssrc);
        return known == null ? new ReplayWindow() : known;
    }

    private int accept(
            Map<Integer, ReplayWindow> windows, int ssrc, ReplayWindow window, long index, int n) {
        if (!windows.containsKey(ssrc)) {
            if (windows.size() >= MAX_SSRCS) {
                return reject();
            }
            windows.put(ssrc, window);
        }
        window.accept(index);
        return n;
    }

    private int reject() {
        rejected++;
        return SrtpCipher.FORGED;
    }
}
