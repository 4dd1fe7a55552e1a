/// What an analysis saw, drawn onto its pictures, and those pictures as a video file. Plain
/// arithmetic on the planes of a frame: no window system, no fonts of the machine.
@NullMarked
package id.pantau.vision.overlay;

import org.jspecify.annotations.NullMarked;
