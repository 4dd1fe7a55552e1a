package id.pantau.media.webrtc;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES128_CM_HMAC_SHA1_80 (RFC 3711 §4.1.1, §4.2.1). Not thread-safe.
final class CounterModeCipher extends SrtpCipher {
    private static final int TAG_BYTES = 10;

    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    private final Half rtp;
    private final Half rtcp;
    private final byte[] iv = new byte[16];
    private final byte[] rollover = new byte[4];
    private final byte[] tag = new byte[20];

    /// The session keys of one packet kind.
    private record Half(SecretKeySpec key, byte[] salt, Mac mac) {
        static Half derive(byte[] key, byte[] salt, int first) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SrtpCipher.derive(key, salt, first + 1, 20), "HmacSHA1"));
            return new Half(
                    new SecretKeySpec(SrtpCipher.derive(key, salt, first, 16), "AES"),
                    SrtpCipher.derive(key, salt, first + 2, 14),
                    mac);
        }
    }

    CounterModeCipher(byte[] masterKey, byte[] masterSalt) throws GeneralSecurityException {
        rtp = Half.derive(masterKey, masterSalt, RTP_KEY);
        rtcp = Half.derive(masterKey, masterSalt, RTCP_KEY);
    }

    @Override
    int protectRtp(byte[] packet, int length, long index) {
        int payload = payloadAt(packet, length);
        if (payload < 0) {
            throw new IllegalArgumentException("not an RTP packet");
        }
        crypt(rtp, packet, payload, length, getInt(packet, 8), index);
        authenticate(packet, length, (int) (index >>> 16));
        System.arraycopy(tag, 0, packet, length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    int openRtp(byte[] packet, int length, long index) {
        int plain = length - TAG_BYTES;
        int payload = payloadAt(packet, plain);
        if (payload < 0) {
            return FORGED;
        }
        authenticate(packet, plain, (int) (index >>> 16));
        if (!tagIs(packet, plain)) {
            return FORGED;
        }
        crypt(rtp, packet, payload, plain, getInt(packet, 8), index);
        return plain;
    }

    @Override
    int protectRtcp(byte[] packet, int length, int index) {
        crypt(rtcp, packet, RTCP_HEADER_BYTES, length, getInt(packet, 4), index);
        putInt(packet, length, index | ENCRYPTED);
        finish(rtcp.mac, packet, length + RTCP_INDEX_BYTES);
        System.arraycopy(tag, 0, packet, length + RTCP_INDEX_BYTES, TAG_BYTES);
        return length + RTCP_INDEX_BYTES + TAG_BYTES;
    }

    @Override
    int openRtcp(byte[] packet, int length) {
        int plain = length - TAG_BYTES - RTCP_INDEX_BYTES;
        if (plain < RTCP_HEADER_BYTES) {
            return FORGED;
        }
        finish(rtcp.mac, packet, length - TAG_BYTES);
        if (!tagIs(packet, length - TAG_BYTES)) {
            return FORGED;
        }
        int word = getInt(packet, plain);
        if ((word & ENCRYPTED) != 0) {
            crypt(rtcp, packet, RTCP_HEADER_BYTES, plain, getInt(packet, 4), word & ~ENCRYPTED);
        }
        return plain;
    }

    @Override
    int rtcpIndex(byte[] packet, int length) {
        int at = length - TAG_BYTES - RTCP_INDEX_BYTES;
        return at < RTCP_HEADER_BYTES ? -1 : getInt(packet, at) & ~ENCRYPTED;
    }

    private void authenticate(byte[] packet, int length, int rolloverCounter) {
        rtp.mac.update(packet, 0, length);
        putInt(rollover, 0, rolloverCounter);
        finish(rtp.mac, rollover, rollover.length);
    }

    private void finish(Mac mac, byte[] bytes, int length) {
        try {
            mac.update(bytes, 0, length);
            mac.doFinal(tag, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 failed", e);
        }
    }

    private boolean tagIs(byte[] packet, int at) {
        int difference = 0; // without an early end, which would tell how much was right
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= tag[i] ^ packet[at + i];
        }
        return difference == 0;
    }

    private void crypt(Half half, byte[] packet, int from, int to, int ssrc, long index) {
        System.arraycopy(half.salt, 0, iv, 0, 14);
        iv[14] = 0;
        iv[15] = 0;
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, half.key, new IvParameterSpec(iv));
            int unused = cipher.doFinal(packet, from, to - from, packet, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR failed", e);
        }
    }
}
