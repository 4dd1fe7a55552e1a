package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    @Test
    void contributorsExtensionAndPaddingAreNotPayload() {
        // V=2 P X CC=1; marker, 96; one CSRC, an extension of one word, two bytes of payload,
        // padding 3
        assertThat(
                        wrap(
                                "b1e00007"
                                        + "00000009"
                                        + "0000000a"
                                        + "deadbeef"
                                        + "bede0001"
                                        + "11223344"
                                        + "aabb"
                                        + "000003"))
                .isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.sequence()).isEqualTo(7);
        assertThat(packet.timestamp()).isEqualTo(9);
        assertThat(packet.ssrc()).isEqualTo(10);
        assertThat(Bytes.of(packet.payload()).toHex()).isEqualTo("aabb");
    }

    @Test
    void headersThatLieAreRefused() {
        assertThat(wrap("80600007000000090000")).isFalse(); // too short
        assertThat(wrap("40600007000000090000000a")).isFalse(); // version 1
        assertThat(wrap("82600007000000090000000a00000000"))
                .isFalse(); // two contributors, one there
        assertThat(wrap("90600007000000090000000abede0002" + "00000000")).isFalse();
        assertThat(wrap("a0600007000000090000000a" + "aa05")).isFalse(); // padding beyond payload
        assertThat(wrap("a0600007000000090000000a" + "aa00")).isFalse(); // padding of nothing
        assertThat(wrap("a0600007000000090000000a")).isFalse();
    }

    private boolean wrap(String hex) {
        return packet.wrap(Bytes.ofHex(hex).buffer());
    }
}
