/// Lines and zones: what object tracks do to them. Plain Java; coordinates are fractions of the
/// picture.
@NullMarked
package id.pantau.vision.count;

import org.jspecify.annotations.NullMarked;
