package id.pantau.media.webrtc;

import id.pantau.media.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Protects and opens packets of one direction of a session, in place (RFC 3711 §3.1, §3.4). Knows
/// nothing of sequences and replays: the caller gives the index. Not thread-safe.
abstract sealed class SrtpCipher permits CounterModeCipher, GcmCipher {
    /// A packet that cannot be opened.
    static final int FORGED = -1;

    static final int RTCP_HEADER_BYTES = 8;

    /// The word behind an SRTCP packet: one bit whether it is encrypted, 31 bits of index.
    static final int RTCP_INDEX_BYTES = 4;

    static final int ENCRYPTED = 0x8000_0000;

    /// Longest that a packet grows by being protected.
    static final int MAX_GROWTH_BYTES = 16 + RTCP_INDEX_BYTES;

    // Labels of the key derivation, RFC 3711 §4.3.1 and §4.3.2.
    static final int RTP_KEY = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_KEY = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    static SrtpCipher of(SrtpProfile profile, Bytes masterKey, Bytes masterSalt) {
        try {
            byte[] key = masterKey.toArray();
            byte[] salt = masterSalt.toArray();
            return switch (profile) {
                case AES128_CM_HMAC_SHA1_80 -> new CounterModeCipher(key, salt);
                case AEAD_AES_128_GCM -> new GcmCipher(key, salt);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES or HMAC-SHA1", e);
        }
    }

    /// @param packet a whole RTP packet from 0 to `length`, with room for [#MAX_GROWTH_BYTES]
    /// @param index rollover counter and sequence number, 48 bits
    /// @return the new length
    abstract int protectRtp(byte[] packet, int length, long index);

    /// @return the length of the plain packet, or [#FORGED]; the bytes are void then
    abstract int openRtp(byte[] packet, int length, long index);

    /// @param packet a whole compound RTCP packet from 0 to `length`, with room
    /// @param index 31 bits, each used once per SSRC
    /// @return the new length
    abstract int protectRtcp(byte[] packet, int length, int index);

    /// @return the length of the plain packet, or [#FORGED]
    abstract int openRtcp(byte[] packet, int length);

    /// The index an SRTCP packet says it has, not yet authenticated; -1 when it is too short.
    abstract int rtcpIndex(byte[] packet, int length);

    /// RFC 3711 §4.3.1, with a key derivation rate of 0.
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int count)
            throws GeneralSecurityException {
        byte[] counter = Arrays.copyOf(masterSalt, 16);
        counter[7] ^= (byte) label;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(masterKey, "AES"),
                new IvParameterSpec(counter));
        return cipher.doFinal(new byte[count]);
    }

    /// @return where the payload of an RTP packet begins, or [#FORGED] when it has none
    static int payloadAt(byte[] packet, int length) {
        if (length < 12 || (packet[0] & 0xc0) != 0x80) {
            return FORGED;
        }
        int at = 12 + 4 * (packet[0] & 15);
        if ((packet[0] & 0x10) != 0) {
            if (at + 4 > length) {
                return FORGED;
            }
            at += 4 + 4 * ((packet[at + 2] & 0xff) << 8 | packet[at + 3] & 0xff);
        }
        return at > length ? FORGED : at;
    }

    static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    static int getInt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }
}
