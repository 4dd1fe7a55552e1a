package id.pantau.server.camera;

/// How a stream comes to us.
public enum StreamTransport {
    /// RTSP with the packets inside its connection.
    TCP,
    /// RTSP with packets of their own.
    UDP,
    /// Through FFmpeg, in a process of its own: every protocol but our RTSP, and cameras that our
    /// RTSP does not get on with.
    COMPAT
}
