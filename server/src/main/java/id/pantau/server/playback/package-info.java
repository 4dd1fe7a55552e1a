/// Watching what was recorded: playlists, runs of fragments and exports, made from the recorded
/// files while they are read; nothing is copied or converted but G.711 into FLAC for browsers.
///
/// Owns a small cache of file indices. Reads `recording`; calls `media`.
@NullMarked
package id.pantau.server.playback;

import org.jspecify.annotations.NullMarked;
