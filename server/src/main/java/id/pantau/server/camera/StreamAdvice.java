package id.pantau.server.camera;

import id.pantau.media.StreamEnd;

/// What a person can do about a stream that does not play.
public final class StreamAdvice {
    private StreamAdvice() {}

    /// What is wrong, where, and what to do.
    public static String sentence(StreamEnd end) {
        String detail = end.detail().strip();
        String what = detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
        return what + ". " + of(end.reason());
    }

    static String of(StreamEnd.Reason reason) {
        return switch (reason) {
            case HOST_UNKNOWN -> "Check the host name, or use the camera's IP address.";
            case UNREACHABLE ->
                    "Check that the camera is on, the address and port are right (RTSP is mostly 554)"
                            + " and no firewall is between.";
            case CONNECTION_LOST ->
                    "Check cable, switch and power of the camera; it answered and then went away.";
            case TLS_FAILED ->
                    "Check that the camera offers RTSP over TLS at this port, or use rtsp://.";
            case UNAUTHORIZED ->
                    "Check user name and password; some cameras have separate RTSP or ONVIF users and"
                            + " lock out for minutes after wrong tries.";
            case NOT_FOUND ->
                    "Check the path of the URL; the camera's manual or its ONVIF page names it.";
            case NO_ANSWER ->
                    "Check the port (RTSP is mostly 554), restart the camera, and see whether it"
                            + " serves too many viewers.";
            case NOT_RTSP ->
                    "Check the port: something else answers there, often the camera's web page (RTSP is"
                            + " mostly 554).";
            case PROTOCOL_ERROR ->
                    "Restart the camera and update its firmware; if it stays so, try the other"
                            + " transport.";
            case UNSUPPORTED_CODEC ->
                    "Set the camera's stream to H.264 or H.265, and its sound to AAC, G.711 or Opus.";
            case STALLED ->
                    "Try the transport TCP, and check whether the camera allows one more viewer.";
            case NO_KEY_FRAME ->
                    "Set the camera's I-frame interval to 1 to 4 seconds and switch smart codecs off.";
            case PACKET_LOSS ->
                    "Use the transport TCP, and check cable, switch and Wi-Fi between camera and"
                            + " server.";
            case CLOSED_BY_CAMERA ->
                    "Check whether the camera allows one more viewer; many allow only a few.";
            case NOT_PUBLISHED ->
                    "Start the encoder with the address and stream key that the camera's page shows.";
            case URL_REFUSED -> "Give the camera's own address in your network.";
            case READER_DIED ->
                    "It is tried again by itself; where it happens again and again, look into the"
                            + " server's log.";
            case SET_ASIDE ->
                    "Check what the URL sends with another player; saving the camera's settings"
                            + " tries it again.";
            case TRANSCODE_REFUSED ->
                    "Set the camera's sub stream to H.264, or let an administrator allow more under"
                            + " Settings.";
            case STOPPED -> "Try again.";
        };
    }
}
