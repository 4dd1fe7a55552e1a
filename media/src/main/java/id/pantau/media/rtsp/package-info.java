/// RTSP 1.0 (RFC 2326): messages, authentication, the client that pulls a camera and the server
/// that plays streams to others.
@NullMarked
package id.pantau.media.rtsp;

import org.jspecify.annotations.NullMarked;
