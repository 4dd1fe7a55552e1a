package id.pantau.media.sdp;

import java.util.Map;

/// The payload types that need no rtpmap (RFC 3551 §6).
record StaticPayload(String encoding, int clockRateHz, int channels) {
    static final Map<Integer, StaticPayload> TABLE =
            Map.ofEntries(
                    entry(0, "PCMU", 8_000, 1),
                    entry(3, "GSM", 8_000, 1),
                    entry(4, "G723", 8_000, 1),
                    entry(5, "DVI4", 8_000, 1),
                    entry(6, "DVI4", 16_000, 1),
                    entry(7, "LPC", 8_000, 1),
                    entry(8, "PCMA", 8_000, 1),
                    entry(9, "G722", 8_000, 1),
                    entry(10, "L16", 44_100, 2),
                    entry(11, "L16", 44_100, 1),
                    entry(12, "QCELP", 8_000, 1),
                    entry(13, "CN", 8_000, 1),
                    entry(14, "MPA", 90_000, 1),
                    entry(15, "G728", 8_000, 1),
                    entry(16, "DVI4", 11_025, 1),
                    entry(17, "DVI4", 22_050, 1),
                    entry(18, "G729", 8_000, 1),
                    entry(25, "CelB", 90_000, 1),
                    entry(26, "JPEG", 90_000, 1),
                    entry(28, "nv", 90_000, 1),
                    entry(31, "H261", 90_000, 1),
                    entry(32, "MPV", 90_000, 1),
                    entry(33, "MP2T", 90_000, 1),
                    entry(34, "H263", 90_000, 1));

    private static Map.Entry<Integer, StaticPayload> entry(
            int type, String encoding, int clockRateHz, int channels) {
        return Map.entry(type, new StaticPayload(encoding, clockRateHz, channels));
    }
}
