/// The analysis of cameras: their streams go to a worker, this machine's process or one on another
/// machine, what it sees comes back and is told to listeners.
///
/// [Placement] says which camera goes where; [WorkerRegistry] owns the folder `workers` of the
/// home, with the keys that workers of other machines come with. Owns two virtual threads per
/// analysed camera (`analyse-{camera}` and one that feeds). Calls `camera`, `health` for a worker
/// that stays away, and `id.pantau.vision.worker`, which holds all native code. Never on the record
/// path: a worker that is slow or dies costs analysis, and says so in the state.
@NullMarked
package id.pantau.server.vision;

import org.jspecify.annotations.NullMarked;
