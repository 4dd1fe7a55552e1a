/// Live viewing: each stream that somebody watches is turned into fragments once, and those are
/// shared by all its viewers.
///
/// Owns one virtual thread per watched stream and a bounded queue per viewer. Calls `camera` and
/// `media`; the sockets themselves are `web`'s.
@NullMarked
package id.pantau.server.live;

import org.jspecify.annotations.NullMarked;
