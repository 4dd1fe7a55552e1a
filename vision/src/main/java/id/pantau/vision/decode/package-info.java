/// Encoded media into frames, by libavcodec. Everything native in here is confined to the thread
/// that made it.
@NullMarked
package id.pantau.vision.decode;

import org.jspecify.annotations.NullMarked;
