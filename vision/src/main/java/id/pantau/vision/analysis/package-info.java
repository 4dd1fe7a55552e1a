/// From the frames of one camera to what is seen in them: motion, then detection where something
/// moves, then tracks, then lines.
@NullMarked
package id.pantau.vision.analysis;

import org.jspecify.annotations.NullMarked;
