package id.pantau.media.flv;

import id.pantau.media.Codec;
import java.nio.ByteBuffer;

/// What the body of an audio or video tag says (FLV §E.4.2 and §E.4.3, Enhanced RTMP v2). Of
/// several tracks in one tag it is the one with id 0.
public sealed interface TagBody {
    /// The decoder configuration.
    ///
    /// @param record `AVCDecoderConfigurationRecord`, `HEVCDecoderConfigurationRecord`,
    ///   AudioSpecificConfig, or the identification header of Opus (RFC 7845 §5.1)
    record Config(Codec codec, ByteBuffer record) implements TagBody {}

    /// @param key whether the sender calls it a key frame
    /// @param compositionMs presentation minus decoding time
    /// @param units NAL units, each behind its length
    record Picture(Codec codec, boolean key, int compositionMs, ByteBuffer units)
            implements TagBody {}

    /// @param channels as the tag says, which is only to be believed for G.711
    record Sound(Codec codec, int channels, ByteBuffer frame) implements TagBody {}

    /// The end of a sequence, a command, colour metadata, another track: nothing to decode.
    record Nothing() implements TagBody {}

    /// A codec that is not carried.
    record Foreign(String codec) implements TagBody {}

    /// @param body from position to limit; its position does not move, and what is returned are
    ///   views of it
    static TagBody video(ByteBuffer body) throws MalformedFlvException {
        return new TagBodyReader(body).video();
    }

    /// The same for the body of an audio tag.
    static TagBody audio(ByteBuffer body) throws MalformedFlvException {
        return new TagBodyReader(body).audio();
    }
}
