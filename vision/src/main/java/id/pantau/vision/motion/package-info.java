/// What moves, by the difference to a learned background, on a small grid of luma. Plain Java, no
/// native code.
@NullMarked
package id.pantau.vision.motion;

import org.jspecify.annotations.NullMarked;
