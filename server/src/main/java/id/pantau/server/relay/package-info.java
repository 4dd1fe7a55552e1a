/// Relays: a camera's stream pushed to another server by RTMP, RTMPS, RTSP or RTSPS (nginx-rtmp,
/// MediaMTX, a video platform), without transcoding.
///
/// Owns the table `relay` and one virtual thread per relay that is on, with a retry state of its
/// own. A relay holds its stream as a viewer does: a camera that nobody records is pulled for it.
/// One that does not get through raises an alarm. Calls `camera`, `health`, `live` and `media`.
@NullMarked
package id.pantau.server.relay;

import org.jspecify.annotations.NullMarked;
