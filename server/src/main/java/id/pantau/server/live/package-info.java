/// Live viewing: each stream that somebody watches is turned into fragments once, and those are
/// shared by all its viewers.
///
/// Over WebSocket ([LiveStreams]) and as HLS ([HlsStreams]). Owns one virtual thread per watched
/// stream and way of watching, and a bounded queue per WebSocket viewer. Calls `camera` and
/// `media`; the sockets themselves are `web`'s.
@NullMarked
package id.pantau.server.live;

import org.jspecify.annotations.NullMarked;
