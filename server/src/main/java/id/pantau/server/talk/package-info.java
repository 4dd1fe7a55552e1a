/// Talking to cameras: one person at a time has the loudspeaker of a camera, as long as they say
/// something.
///
/// Owns two virtual threads per talk, and no connection but that of the talk. Calls `camera` and
/// `media`; the sockets that bring the sound are `web`'s.
@NullMarked
package id.pantau.server.talk;

import org.jspecify.annotations.NullMarked;
