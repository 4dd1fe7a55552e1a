package id.pantau.testkit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// SRTP of a [WebRtcPeer], one direction (RFC 3711, RFC 7714). Written apart from the product's and
/// as plainly as can be, so that one checks the other. Not thread-safe.
final class PeerSrtp {
    private static final int CM_TAG = 10;
    private static final int GCM_TAG = 16;

    private final boolean gcm;
    private final Keys rtp;
    private final Keys rtcp;
    private final Map<Integer, Long> highest = new HashMap<>();
    private int reports;

    private record Keys(SecretKeySpec cipher, byte[] salt, SecretKeySpec authentication) {}

    PeerSrtp(boolean gcm, byte[] key, byte[] salt) throws GeneralSecurityException {
        this.gcm = gcm;
        this.rtp = keys(key, salt, 0);
        this.rtcp = keys(key, salt, 3);
    }

    private static Keys keys(byte[] key, byte[] salt, int label) throws GeneralSecurityException {
        return new Keys(
                new SecretKeySpec(derive(key, salt, label, 16), "AES"),
                derive(key, salt, label + 2, 14),
                new SecretKeySpec(derive(key, salt, label + 1, 20), "HmacSHA1"));
    }

    private static byte[] derive(byte[] key, byte[] salt, int label, int count)
            throws GeneralSecurityException {
        byte[] iv = Arrays.copyOf(salt, 16);
        iv[7] ^= (byte) label;
        return ctr(new SecretKeySpec(key, "AES"), iv, new byte[count]);
    }

    /// @return the plain packet
    /// @throws GeneralSecurityException when it is not authentic
    byte[] openRtp(byte[] packet, int length) throws GeneralSecurityException {
        int header = headerBytes(packet);
        long index = index(packet);
        byte[] plain =
                gcm
                        ? openGcm(packet, header, length, gcmIv(packet, index), new byte[0])
                        : openCm(packet, header, length, index);
        int ssrc = ByteBuffer.wrap(packet).getInt(8);
        highest.merge(ssrc, index, Math::max);
        return plain;
    }

    byte[] protectRtp(byte[] plain) throws GeneralSecurityException {
        int header = headerBytes(plain);
        long index = index(plain);
        highest.merge(ByteBuffer.wrap(plain).getInt(8), index, Math::max);
        if (gcm) {
            Cipher cipher = gcm(Cipher.ENCRYPT_MODE, rtp, gcmIv(plain, index));
            cipher.updateAAD(plain, 0, header);
            return join(plain, header, cipher.doFinal(plain, header, plain.length - header));
        }
        byte[] body = Arrays.copyOfRange(plain, header, plain.length);
        int ssrc = ByteBuffer.wrap(plain).getInt(8);
        byte[] encrypted = join(plain, header, ctr(rtp.cipher, cmIv(rtp, ssrc, index), body));
        byte[] tag = hmac(rtp, encrypted, encrypted.length, (int) (index >>> 16));
        return join(encrypted, encrypted.length, Arrays.copyOf(tag, CM_TAG));
    }

    byte[] protectRtcp(byte[] plain) throws GeneralSecurityException {
        int index = ++reports;
        int ssrc = ByteBuffer.wrap(plain).getInt(4);
        byte[] word = ByteBuffer.allocate(4).putInt(index | 0x8000_0000).array();
        byte[] body = Arrays.copyOfRange(plain, 8, plain.length);
        if (gcm) {
            byte[] iv =
                    ByteBuffer.allocate(12)
                            .putShort((short) 0)
                            .putInt(ssrc)
                            .putShort((short) 0)
                            .putInt(index)
                            .array();
            Cipher cipher = gcm(Cipher.ENCRYPT_MODE, rtcp, salted(iv, rtcp));
            cipher.updateAAD(plain, 0, 8);
            cipher.updateAAD(word);
            byte[] sealed = join(plain, 8, cipher.doFinal(body));
            return join(sealed, sealed.length, word);
        }
        byte[] sealed = join(plain, 8, ctr(rtcp.cipher, cmIv(rtcp, ssrc, index), body));
        byte[] whole = join(sealed, sealed.length, word);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(rtcp.authentication);
        return join(whole, whole.length, Arrays.copyOf(mac.doFinal(whole), CM_TAG));
    }

    private byte[] openCm(byte[] packet, int header, int length, long index)
            throws GeneralSecurityException {
        int end = length - CM_TAG;
        byte[] tag = hmac(rtp, packet, end, (int) (index >>> 16));
        if (!Arrays.equals(tag, 0, CM_TAG, packet, end, length)) {
            throw new GeneralSecurityException("not authentic");
        }
        byte[] body = Arrays.copyOfRange(packet, header, end);
        int ssrc = ByteBuffer.wrap(packet).getInt(8);
        return join(packet, header, ctr(rtp.cipher, cmIv(rtp, ssrc, index), body));
    }

    private byte[] openGcm(byte[] packet, int header, int length, byte[] iv, byte[] more)
            throws GeneralSecurityException {
        Cipher cipher = gcm(Cipher.DECRYPT_MODE, rtp, iv);
        cipher.updateAAD(packet, 0, header);
        cipher.updateAAD(more);
        return join(packet, header, cipher.doFinal(packet, header, length - header));
    }

    private long index(byte[] packet) {
        int sequence = ByteBuffer.wrap(packet).getShort(2) & 0xffff;
        Long known = highest.get(ByteBuffer.wrap(packet).getInt(8));
        return known == null ? sequence : known + (short) (sequence - known.intValue());
    }

    private byte[] gcmIv(byte[] packet, long index) {
        byte[] iv =
                ByteBuffer.allocate(12)
                        .putShort((short) 0)
                        .putInt(ByteBuffer.wrap(packet).getInt(8))
                        .putInt((int) (index >>> 16))
                        .putShort((short) index)
                        .array();
        return salted(iv, rtp);
    }

    private static byte[] salted(byte[] iv, Keys keys) {
        for (int i = 0; i < 12; i++) {
            iv[i] ^= keys.salt[i];
        }
        return iv;
    }

    private static byte[] cmIv(Keys keys, int ssrc, long index) {
        byte[] iv = Arrays.copyOf(keys.salt, 16);
        byte[] mixed = ByteBuffer.allocate(16).putInt(0).putInt(ssrc).putLong(index << 16).array();
        for (int i = 0; i < 16; i++) {
            iv[i] ^= mixed[i];
        }
        return iv;
    }

    private static byte[] ctr(SecretKeySpec key, byte[] iv, byte[] body)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        return cipher.doFinal(body);
    }

    private static Cipher gcm(int mode, Keys keys, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.cipher, new GCMParameterSpec(8 * GCM_TAG, iv));
        return cipher;
    }

    private static byte[] hmac(Keys keys, byte[] packet, int length, int rollover)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(keys.authentication);
        mac.update(packet, 0, length);
        return mac.doFinal(ByteBuffer.allocate(4).putInt(rollover).array());
    }

    private static int headerBytes(byte[] packet) {
        int at = 12 + 4 * (packet[0] & 15);
        boolean extended = (packet[0] & 0x10) != 0;
        return extended ? at + 4 + 4 * (ByteBuffer.wrap(packet).getShort(at + 2) & 0xffff) : at;
    }

    private static byte[] join(byte[] head, int headBytes, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, headBytes + tail.length);
        System.arraycopy(tail, 0, whole, headBytes, tail.length);
        return whole;
    }
}
