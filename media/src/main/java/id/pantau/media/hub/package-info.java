/// One stream, one writer, many readers; and the loop that keeps a stream coming.
///
/// [StreamHub] hands immutable access units to bounded queues and never waits for a reader.
/// [StreamPuller] owns the only retry loop of a camera's stream.
@NullMarked
package id.pantau.media.hub;

import org.jspecify.annotations.NullMarked;
