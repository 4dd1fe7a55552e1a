package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// A video parameter set of H.265 (ITU-T H.265 §7.3.2.1).
///
/// @param id 0..15
/// @param maxSubLayers 1..7
/// @param unitsInTick 0 without timing information
/// @param timeScale 0 without timing information
public record H265Vps(
        int id,
        int maxSubLayers,
        boolean temporalIdNesting,
        H265ProfileTierLevel profileTierLevel,
        long unitsInTick,
        long timeScale) {
    /// @param unit a NAL unit of type 32 with its header, without start code
    public static H265Vps parse(ByteBuffer unit) throws MalformedBitstreamException {
        var bits = new BitReader(NalUnits.unescape(unit));
        if (H265Nal.type(bits.readInt(16) >> 8) != H265Nal.VPS) {
            throw new MalformedBitstreamException("not a VPS");
        }
        int id = bits.readInt(4);
        bits.skip(2 + 6);
        int subLayersMinus1 = bits.readInt(3);
        if (subLayersMinus1 > 6) {
            throw new MalformedBitstreamException("vps_max_sub_layers_minus1 is 7");
        }
        boolean nesting = bits.readFlag();
        bits.skip(16);
        var capabilities = H265ProfileTierLevel.read(bits, subLayersMinus1);
        boolean everyLayer = bits.readFlag();
        for (int i = everyLayer ? 0 : subLayersMinus1; i <= subLayersMinus1; i++) {
            bits.readUnsigned();
            bits.readUnsigned();
            bits.readUnsigned();
        }
        int maxLayerId = bits.readInt(6);
        int layerSets = bits.readUnsigned(1023, "vps_num_layer_sets_minus1");
        bits.skip(layerSets * (maxLayerId + 1));
        boolean timing = bits.readFlag();
        long unitsInTick = timing ? bits.readBits(32) : 0;
        long timeScale = timing ? bits.readBits(32) : 0;
        return new H265Vps(id, subLayersMinus1 + 1, nesting, capabilities, unitsInTick, timeScale);
    }
}
