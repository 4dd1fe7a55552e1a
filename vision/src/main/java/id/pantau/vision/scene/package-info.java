/// A street that exists nowhere: rendered clips for demonstrations and tests without cameras.
@NullMarked
package id.pantau.vision.scene;

import org.jspecify.annotations.NullMarked;
