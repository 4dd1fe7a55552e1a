package id.pantau.media.webrtc;

import java.util.Optional;

/// How packets are protected, by the number that `use_srtp` gives it (RFC 5764 §4.1.2, RFC 7714
/// §14.2). In the order in which we prefer them.
enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 14, 10);

    static final int KEY_BYTES = 16;

    private final int id;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int saltBytes, int tagBytes) {
        this.id = id;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    int id() {
        return id;
    }

    /// Of the master salt.
    int saltBytes() {
        return saltBytes;
    }

    /// What a protected RTP packet is longer than the plain one.
    int tagBytes() {
        return tagBytes;
    }

    /// The one we prefer of those a client offers.
    static Optional<SrtpProfile> choose(int... offered) {
        for (SrtpProfile profile : values()) {
            for (int id : offered) {
                if (id == profile.id) {
                    return Optional.of(profile);
                }
            }
        }
        return Optional.empty();
    }
}
