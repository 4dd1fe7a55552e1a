/// HTTP Live Streaming (RFC 8216, RFC 8216bis): playlists read and written, and [LiveHls], one
/// stream as segments and parts for plain and low-latency players.
@NullMarked
package id.pantau.media.hls;

import org.jspecify.annotations.NullMarked;
