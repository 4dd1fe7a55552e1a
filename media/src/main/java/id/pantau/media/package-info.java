/// The words every part of the media plane shares: media time, codecs, formats, access units and
/// the signals a stream is made of. Pure Java; no Spring, no native code, no database.
///
/// The packages beside this one: `codec` (bit level: NAL units, parameter sets, AAC, G.711, FLAC),
/// `rtp`, `sdp`, `rtsp` (client and server), `hub` (one writer, many readers; the retry loop),
/// `flv` and `rtmp` (server and push client), `mp4` (fragmented MP4 writer and reader), `hls`
/// (playlists), `webrtc` (WHEP and WHIP sessions).
@NullMarked
package id.pantau.media;

import org.jspecify.annotations.NullMarked;
