package id.pantau.media.webrtc;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// The master keys of one session (RFC 5764 §4.2), one for each direction.
///
/// @param localKey protects what we send
/// @param remoteKey protects what the peer sends
record SrtpKeys(
        SrtpProfile profile, Bytes localKey, Bytes localSalt, Bytes remoteKey, Bytes remoteSalt) {
    /// Cuts the exported keying material: client key, server key, client salt, server salt.
    ///
    /// @param server whether we are the DTLS server
    static SrtpKeys of(SrtpProfile profile, byte[] material, boolean server) {
        int salt = profile.saltBytes();
        Bytes clientKey = cut(material, 0, SrtpProfile.KEY_BYTES);
        Bytes serverKey = cut(material, SrtpProfile.KEY_BYTES, SrtpProfile.KEY_BYTES);
        Bytes clientSalt = cut(material, 2 * SrtpProfile.KEY_BYTES, salt);
        Bytes serverSalt = cut(material, 2 * SrtpProfile.KEY_BYTES + salt, salt);
        return server
                ? new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt)
                : new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt);
    }

    static int materialBytes(SrtpProfile profile) {
        return 2 * (SrtpProfile.KEY_BYTES + profile.saltBytes());
    }

    /// A cipher for what we send. Several may protect packets of one session, each on a thread of
    /// its own, as long as no two use one index of an SSRC for different packets.
    SrtpCipher outgoing() {
        return SrtpCipher.of(profile, localKey, localSalt);
    }

    SrtpCipher incoming() {
        return SrtpCipher.of(profile, remoteKey, remoteSalt);
    }

    private static Bytes cut(byte[] material, int from, int count) {
        return Bytes.of(ByteBuffer.wrap(material, from, count));
    }

    /// Without the keys.
    @Override
    public String toString() {
        return profile.toString();
    }
}
