/// What the protocol servers have in common about the connections they take.
@NullMarked
package id.pantau.media.net;

import org.jspecify.annotations.NullMarked;
