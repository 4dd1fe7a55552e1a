/// HTTP Live Streaming playlists (RFC 8216).
@NullMarked
package id.pantau.media.hls;

import org.jspecify.annotations.NullMarked;
