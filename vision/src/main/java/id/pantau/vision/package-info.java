/// Everything native: FFmpeg as a program of its own, for making and converting media, and the
/// simulated cameras that play it. What is native inside a JVM is in [id.pantau.vision.worker].
@NullMarked
package id.pantau.vision;

import org.jspecify.annotations.NullMarked;
