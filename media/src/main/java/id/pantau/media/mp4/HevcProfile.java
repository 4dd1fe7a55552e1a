package id.pantau.media.mp4;

import id.pantau.media.Bytes;

/// What an `hvcC` repeats from an SPS (ITU-T H.265 §7.3.2.2.1, §7.3.3).
///
/// @param generalBytes the 12 bytes of the general profile, tier and level
/// @param temporalLayers 1..7
record HevcProfile(
        Bytes generalBytes,
        int temporalLayers,
        boolean temporalIdNested,
        int chromaFormat,
        int bitDepthLuma,
        int bitDepthChroma) {
    static HevcProfile of(Bytes sps) {
        var bits = new ParameterSetBits(sps, 2);
        bits.skip(4);
        int subLayers = (int) bits.read(3); // sps_max_sub_layers_minus1
        boolean nested = bits.read(1) == 1;
        byte[] general = new byte[12];
        for (int i = 0; i < general.length; i++) {
            general[i] = (byte) bits.read(8);
        }
        skipSubLayers(bits, subLayers);
        bits.unsignedExpGolomb(); // sps_seq_parameter_set_id
        int chroma = bits.unsignedExpGolomb() & 3;
        if (chroma == 3) {
            bits.skip(1);
        }
        bits.unsignedExpGolomb(); // width
        bits.unsignedExpGolomb(); // height
        if (bits.read(1) == 1) { // conformance window
            for (int i = 0; i < 4; i++) {
                bits.unsignedExpGolomb();
            }
        }
        int luma = 8 + (bits.unsignedExpGolomb() & 7);
        int chromaDepth = 8 + (bits.unsignedExpGolomb() & 7);
        return new HevcProfile(Bytes.of(general), subLayers + 1, nested, chroma, luma, chromaDepth);
    }

    private static void skipSubLayers(ParameterSetBits bits, int subLayers) {
        if (subLayers == 0) {
            return;
        }
        int skip = 0;
        for (int i = 0; i < 8; i++) { // padded to 8 layers of two flags
            boolean profilePresent = bits.read(1) == 1;
            boolean levelPresent = bits.read(1) == 1;
            if (i < subLayers) {
                skip += (profilePresent ? 88 : 0) + (levelPresent ? 8 : 0);
            }
        }
        bits.skip(skip);
    }
}
