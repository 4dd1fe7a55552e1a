/// RTMP (Adobe's Real Time Messaging Protocol 1.0, Enhanced RTMP v2): a server that takes streams
/// from publishers and plays them, and a client that pushes one to another server.
///
/// [RtmpServer] owns a listener, a virtual thread per connection and one platform thread that waits
/// for slow players; [RtmpPush] is one session and retries nothing.
@NullMarked
package id.pantau.media.rtmp;

import org.jspecify.annotations.NullMarked;
