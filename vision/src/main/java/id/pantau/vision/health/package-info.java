/// Whether a camera's picture can be used at all: frozen, black, blurred or covered, or showing
/// another place than before; and how good each minute was. By luma alone, without a model, a few
/// times a second at most. Each camera's state is confined to one thread.
@NullMarked
package id.pantau.vision.health;

import org.jspecify.annotations.NullMarked;
