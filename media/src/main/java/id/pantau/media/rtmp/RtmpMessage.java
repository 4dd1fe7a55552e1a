package id.pantau.media.rtmp;

import java.nio.ByteBuffer;

/// One RTMP message.
///
/// @param chunkStream it came or goes on, 2..65599
/// @param type see [MessageType]
/// @param timestampMs 32 bits unsigned, wraps
/// @param stream message stream id; 0 for control
/// @param body nobody writes to it; from position to limit
record RtmpMessage(int chunkStream, int type, int timestampMs, int stream, ByteBuffer body) {
    /// The chunk stream of protocol control (§5.4).
    static final int CONTROL = 2;

    static final int COMMANDS = 3;
    static final int AUDIO = 4;
    static final int VIDEO = 6;

    static RtmpMessage control(int type, int value) {
        ByteBuffer body = ByteBuffer.allocate(4).putInt(value).flip();
        return new RtmpMessage(CONTROL, type, 0, 0, body);
    }

    /// Set Peer Bandwidth (§5.4.5), dynamic.
    static RtmpMessage peerBandwidth(int bytes) {
        ByteBuffer body = ByteBuffer.allocate(5).putInt(bytes).put((byte) 2).flip();
        return new RtmpMessage(CONTROL, MessageType.SET_PEER_BANDWIDTH, 0, 0, body);
    }

    /// User Control (§7.1.7).
    static RtmpMessage userControl(int event, int value) {
        ByteBuffer body = ByteBuffer.allocate(6).putShort((short) event).putInt(value).flip();
        return new RtmpMessage(CONTROL, MessageType.USER_CONTROL, 0, 0, body);
    }
}
