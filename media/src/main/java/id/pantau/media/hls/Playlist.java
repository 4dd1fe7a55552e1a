package id.pantau.media.hls;

/// What an `.m3u8` holds.
public sealed interface Playlist permits MediaPlaylist, MultivariantPlaylist {
    /// The playlist as a server sends it; [#parse] gives an equal one back.
    String text();

    /// @throws MalformedPlaylistException when it is no playlist, or a value is not what the
    ///   standard says
    static Playlist parse(String text) throws MalformedPlaylistException {
        return PlaylistReader.read(text);
    }
}
