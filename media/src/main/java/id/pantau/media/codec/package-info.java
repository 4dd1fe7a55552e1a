/// Codecs at bit level: NAL units and parameter sets of H.264 and H.265, AAC and Opus
/// configurations, G.711 and its lossless way into FLAC.
@NullMarked
package id.pantau.media.codec;

import org.jspecify.annotations.NullMarked;
