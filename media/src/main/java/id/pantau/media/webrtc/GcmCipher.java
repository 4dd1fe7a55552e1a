package id.pantau.media.webrtc;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AEAD_AES_128_GCM (RFC 7714). Not thread-safe.
final class GcmCipher extends SrtpCipher {
    private static final int TAG_BYTES = 16;
    private static final int IV_BYTES = 12;

    private Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] ivBefore = new byte[IV_BYTES];
    private final byte[] word = new byte[RTCP_INDEX_BYTES];

    GcmCipher(byte[] masterKey, byte[] masterSalt) throws GeneralSecurityException {
        rtpKey = new SecretKeySpec(derive(masterKey, masterSalt, RTP_KEY, 16), "AES");
        rtpSalt = derive(masterKey, masterSalt, RTP_SALT, IV_BYTES);
        rtcpKey = new SecretKeySpec(derive(masterKey, masterSalt, RTCP_KEY, 16), "AES");
        rtcpSalt = derive(masterKey, masterSalt, RTCP_SALT, IV_BYTES);
    }

    @Override
    int protectRtp(byte[] packet, int length, long index) {
        int payload = payloadAt(packet, length);
        if (payload < 0) {
            throw new IllegalArgumentException("not an RTP packet");
        }
        rtpIv(getInt(packet, 8), index);
        begin(Cipher.ENCRYPT_MODE, rtpKey);
        cipher.updateAAD(packet, 0, payload);
        return payload + finish(packet, payload, length - payload);
    }

    @Override
    int openRtp(byte[] packet, int length, long index) {
        int payload = payloadAt(packet, length - TAG_BYTES);
        if (payload < 0) {
            return FORGED;
        }
        rtpIv(getInt(packet, 8), index);
        begin(Cipher.DECRYPT_MODE, rtpKey);
        cipher.updateAAD(packet, 0, payload);
        int plain = finish(packet, payload, length - payload);
        return plain < 0 ? FORGED : payload + plain;
    }

    @Override
    int protectRtcp(byte[] packet, int length, int index) {
        rtcpIv(getInt(packet, 4), index);
        begin(Cipher.ENCRYPT_MODE, rtcpKey);
        putInt(word, 0, index | ENCRYPTED);
        cipher.updateAAD(packet, 0, RTCP_HEADER_BYTES);
        cipher.updateAAD(word);
        int end = RTCP_HEADER_BYTES + finish(packet, RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES);
        System.arraycopy(word, 0, packet, end, RTCP_INDEX_BYTES);
        return end + RTCP_INDEX_BYTES;
    }

    @Override
    int openRtcp(byte[] packet, int length) {
        int end = length - RTCP_INDEX_BYTES;
        if (end < RTCP_HEADER_BYTES + TAG_BYTES) {
            return FORGED;
        }
        int said = getInt(packet, end);
        rtcpIv(getInt(packet, 4), said & ~ENCRYPTED);
        begin(Cipher.DECRYPT_MODE, rtcpKey);
        putInt(word, 0, said);
        if ((said & ENCRYPTED) == 0) { // RFC 7714 §9.3: all of it is only authenticated
            cipher.updateAAD(packet, 0, end - TAG_BYTES);
            cipher.updateAAD(word);
            return finish(packet, end - TAG_BYTES, TAG_BYTES) < 0 ? FORGED : end - TAG_BYTES;
        }
        cipher.updateAAD(packet, 0, RTCP_HEADER_BYTES);
        cipher.updateAAD(word);
        int plain = finish(packet, RTCP_HEADER_BYTES, end - RTCP_HEADER_BYTES);
        return plain < 0 ? FORGED : RTCP_HEADER_BYTES + plain;
    }

    @Override
    int rtcpIndex(byte[] packet, int length) {
        int at = length - RTCP_INDEX_BYTES;
        return at < RTCP_HEADER_BYTES + TAG_BYTES ? -1 : getInt(packet, at) & ~ENCRYPTED;
    }

    private void rtpIv(int ssrc, long index) {
        iv[0] = 0;
        iv[1] = 0;
        putInt(iv, 2, ssrc);
        putInt(iv, 6, (int) (index >>> 16));
        iv[10] = (byte) (index >>> 8);
        iv[11] = (byte) index;
        salt(rtpSalt);
    }

    private void rtcpIv(int ssrc, int index) {
        iv[0] = 0;
        iv[1] = 0;
        putInt(iv, 2, ssrc);
        iv[6] = 0;
        iv[7] = 0;
        putInt(iv, 8, index);
        salt(rtcpSalt);
    }

    private void salt(byte[] salt) {
        for (int i = 0; i < IV_BYTES; i++) {
            iv[i] ^= salt[i];
        }
    }

    private void begin(int mode, SecretKeySpec key) {
        try {
            // The JDK refuses an IV twice in a row. A packet that is sent again is the same
            // packet, so that nothing is given away by it.
            if (Arrays.equals(iv, ivBefore)) {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            }
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
            System.arraycopy(iv, 0, ivBefore, 0, IV_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private int finish(byte[] packet, int at, int count) {
        try {
            return cipher.doFinal(packet, at, count, packet, at);
        } catch (AEADBadTagException _) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }
}
