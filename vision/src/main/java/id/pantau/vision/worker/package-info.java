/// The worker: a child process that runs what is native, so that a crash of it costs the server
/// nothing but what that process did. Today it reads streams through FFmpeg's libavformat, and
/// encodes pictures anew that a browser cannot decode.
///
/// [WorkerProcess] is the server's side: it starts the child when it is first wanted, watches it
/// and ends it; it loads no native code. [VisionWorker] is the child's side and the only one that
/// does. Between them lies [WorkerProtocol] on a Unix domain socket: one connection is one job.
@NullMarked
package id.pantau.vision.worker;

import org.jspecify.annotations.NullMarked;
