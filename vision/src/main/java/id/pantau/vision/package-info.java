/// Everything native. So far: FFmpeg as a program of its own, for making and converting media, and
/// the simulated cameras that play it.
@NullMarked
package id.pantau.vision;

import org.jspecify.annotations.NullMarked;
