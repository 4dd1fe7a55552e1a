/// Everything native. So far: FFmpeg as a program of its own, for making and converting media.
@NullMarked
package id.pantau.vision;

import org.jspecify.annotations.NullMarked;
