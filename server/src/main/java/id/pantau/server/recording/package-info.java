/// Records cameras: segments on volumes, the ledger of what is recorded and what is missing and
/// why, retention, and the check of all of it. Never decodes, never waits for a viewer, the
/// database or the network upward.
///
/// A camera may be recorded all the time, or when something happens: then [Selection] decides what
/// its recorder keeps, by triggers that somebody else brings.
///
/// Owns the directories of the volumes, the tables `volume`, `segment` and `recording_*`, and the
/// threads `record-{camera}`, `volume-*`, `ledger`. Calls `database`; takes access units from
/// `id.pantau.media.hub`. The way in is [Recording]; [Recordings], [RecordingControl] and [Volumes]
/// are what other modules use.
@ApplicationModule(displayName = "recording")
@NullMarked
package id.pantau.server.recording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
