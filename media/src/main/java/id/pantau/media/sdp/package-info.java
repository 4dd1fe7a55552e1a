/// Session descriptions (RFC 4566/8866) as cameras really write them.
@NullMarked
package id.pantau.media.sdp;

import org.jspecify.annotations.NullMarked;
