/// What weather, light, lenses and thin lines do to pictures, seeded, for tests.
@NullMarked
package id.pantau.vision.degrade;

import org.jspecify.annotations.NullMarked;
