package id.pantau.media.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A view of one STUN message (RFC 8489 §5, §14). Valid until the bytes below change.
final class StunMessage {
    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112_A442;
    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;

    private static final int INTEGRITY_BYTES = 20;
    private static final int FINGERPRINT_XOR = 0x5354_554e;

    /// More than any browser sends, and few enough to walk through several times.
    private static final int MAX_ATTRIBUTES = 32;

    private final ByteBuffer bytes;

    private StunMessage(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// @param bytes one whole message from position to limit; the position does not move
    /// @return empty when it is no well-formed message with the magic cookie, or its FINGERPRINT is
    ///   wrong
    static Optional<StunMessage> parse(ByteBuffer bytes) {
        ByteBuffer view = bytes.slice();
        int length = view.limit();
        if (length < HEADER_BYTES
                || (view.get(0) & 0xc0) != 0
                || view.getInt(4) != MAGIC_COOKIE
                || (view.getShort(2) & 0xffff) != length - HEADER_BYTES
                || length % 4 != 0) {
            return Optional.empty();
        }
        int count = 0;
        for (int at = HEADER_BYTES; at < length; at = next(view, at)) {
            int size = view.getShort(at + 2) & 0xffff;
            if (at + 4 + size > length || ++count > MAX_ATTRIBUTES) {
                return Optional.empty();
            }
        }
        var message = new StunMessage(view);
        return message.isFingerprintWrong() ? Optional.empty() : Optional.of(message);
    }

    /// Class and method: [#BINDING_REQUEST] and the like.
    int type() {
        return bytes.getShort(0) & 0xffff;
    }

    /// The value of the first attribute of that type before MESSAGE-INTEGRITY, or that itself and
    /// FINGERPRINT; what follows MESSAGE-INTEGRITY is not protected (§14.5). Null when absent.
    @Nullable ByteBuffer attribute(int type) {
        boolean isProtected = true;
        for (int at = HEADER_BYTES; at < bytes.limit(); at = next(bytes, at)) {
            int found = bytes.getShort(at) & 0xffff;
            if (found == type && (isProtected || type == FINGERPRINT)) {
                return bytes.slice(at + 4, bytes.getShort(at + 2) & 0xffff);
            }
            isProtected &= found != MESSAGE_INTEGRITY;
        }
        return null;
    }

    boolean has(int type) {
        return attribute(type) != null;
    }

    /// Empty when absent.
    String text(int type) {
        ByteBuffer value = attribute(type);
        return value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
    }

    /// Whether MESSAGE-INTEGRITY is there and made with this key (§14.5).
    ///
    /// @param hmac HMAC-SHA1, initialised with the key
    boolean isIntegral(Mac hmac) {
        for (int at = HEADER_BYTES; at < bytes.limit(); at = next(bytes, at)) {
            if ((bytes.getShort(at) & 0xffff) == MESSAGE_INTEGRITY) {
                int size = bytes.getShort(at + 2) & 0xffff;
                if (size != INTEGRITY_BYTES) {
                    return false;
                }
                byte[] said = new byte[INTEGRITY_BYTES];
                bytes.get(at + 4, said);
                return MessageDigest.isEqual(said, integrity(hmac, bytes, at));
            }
        }
        return false;
    }

    /// XOR-MAPPED-ADDRESS (§14.2); empty when absent or malformed.
    Optional<InetSocketAddress> mappedAddress() {
        ByteBuffer value = attribute(XOR_MAPPED_ADDRESS);
        if (value == null || value.remaining() < 8) {
            return Optional.empty();
        }
        int addressBytes = value.get(1) == 1 ? 4 : 16;
        if (value.remaining() != 4 + addressBytes) {
            return Optional.empty();
        }
        byte[] address = new byte[addressBytes];
        for (int i = 0; i < addressBytes; i++) {
            address[i] = (byte) (value.get(4 + i) ^ bytes.get(4 + i));
        }
        int port = value.getShort(2) & 0xffff ^ MAGIC_COOKIE >>> 16;
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    /// The answer to this binding request: where it came from, protected with the same key.
    ///
    /// @param hmac HMAC-SHA1, initialised with the key
    ByteBuffer success(InetSocketAddress from, Mac hmac) {
        byte[] address = from.getAddress().getAddress();
        int size = 4 + 4 + address.length + 4 + INTEGRITY_BYTES + 8;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + size);
        out.putShort((short) BINDING_SUCCESS).putShort((short) size);
        out.put(bytes.slice(4, 16));
        out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
        out.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        out.putShort((short) (from.getPort() ^ MAGIC_COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            out.put((byte) (address[i] ^ bytes.get(4 + i)));
        }
        return seal(out, hmac);
    }

    /// Puts MESSAGE-INTEGRITY and FINGERPRINT behind what was written, and the length right.
    ///
    /// @return flipped, at its begin
    static ByteBuffer seal(ByteBuffer out, Mac hmac) {
        int at = out.position();
        out.putShort(2, (short) (at + 4 + INTEGRITY_BYTES + 8 - HEADER_BYTES));
        byte[] integrity = integrity(hmac, out, at);
        out.putShort((short) MESSAGE_INTEGRITY).putShort((short) INTEGRITY_BYTES).put(integrity);
        int fingerprint = fingerprint(out, out.position());
        out.putShort((short) FINGERPRINT).putShort((short) 4).putInt(fingerprint);
        return out.flip();
    }

    static SecretKeySpec key(String password) {
        return new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /// @param at where the attribute begins
    private static byte[] integrity(Mac hmac, ByteBuffer message, int at) {
        byte[] head = new byte[at];
        message.get(0, head);
        int covered = at + 4 + INTEGRITY_BYTES - HEADER_BYTES;
        head[2] = (byte) (covered >>> 8);
        head[3] = (byte) covered;
        return hmac.doFinal(head);
    }

    private boolean isFingerprintWrong() {
        for (int at = HEADER_BYTES; at < bytes.limit(); at = next(bytes, at)) {
            if ((bytes.getShort(at) & 0xffff) == FINGERPRINT) {
                boolean last = next(bytes, at) == bytes.limit();
                boolean sized = (bytes.getShort(at + 2) & 0xffff) == 4;
                return !last || !sized || bytes.getInt(at + 4) != fingerprint(bytes, at);
            }
        }
        return false;
    }

    private static int fingerprint(ByteBuffer message, int at) {
        var crc = new CRC32();
        crc.update(message.slice(0, at));
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    private static int next(ByteBuffer message, int at) {
        int size = message.getShort(at + 2) & 0xffff;
        return at + 4 + (size + 3 & ~3);
    }
}
