/// The analysis of cameras: their streams go to the worker process, what it sees comes back and is
/// told to listeners.
///
/// Owns two virtual threads per analysed camera (`analyse-{camera}` and one that feeds). Calls
/// `camera`, and `id.pantau.vision.worker`, which holds all native code. Never on the record path:
/// a worker that is slow or dies costs analysis, and says so in the state.
@NullMarked
package id.pantau.server.vision;

import org.jspecify.annotations.NullMarked;
