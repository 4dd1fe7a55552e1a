package id.pantau.media.mp4;

/// Four-character codes of boxes, brands and sample entries as the 32-bit numbers they are in a
/// file.
final class FourCc {
    static final int FTYP = of("ftyp");
    static final int MOOV = of("moov");
    static final int MVHD = of("mvhd");
    static final int MVEX = of("mvex");
    static final int TREX = of("trex");
    static final int TRAK = of("trak");
    static final int TKHD = of("tkhd");
    static final int EDTS = of("edts");
    static final int ELST = of("elst");
    static final int MDIA = of("mdia");
    static final int MDHD = of("mdhd");
    static final int HDLR = of("hdlr");
    static final int MINF = of("minf");
    static final int VMHD = of("vmhd");
    static final int SMHD = of("smhd");
    static final int DINF = of("dinf");
    static final int DREF = of("dref");
    static final int URL = of("url ");
    static final int STBL = of("stbl");
    static final int STSD = of("stsd");
    static final int STTS = of("stts");
    static final int CTTS = of("ctts");
    static final int STSC = of("stsc");
    static final int STSZ = of("stsz");
    static final int STZ2 = of("stz2");
    static final int STCO = of("stco");
    static final int CO64 = of("co64");
    static final int STSS = of("stss");
    static final int ENCV = of("encv");
    static final int ENCA = of("enca");
    static final int SINF = of("sinf");
    static final int SCHM = of("schm");
    static final int AVC1 = of("avc1");
    static final int AVC3 = of("avc3");
    static final int AVCC = of("avcC");
    static final int HVC1 = of("hvc1");
    static final int HEV1 = of("hev1");
    static final int HVCC = of("hvcC");
    static final int MP4A = of("mp4a");
    static final int ESDS = of("esds");
    static final int WAVE = of("wave");
    static final int ULAW = of("ulaw");
    static final int ALAW = of("alaw");
    static final int OPUS = of("Opus");
    static final int DOPS = of("dOps");
    static final int FLAC = of("fLaC");
    static final int DFLA = of("dfLa");
    static final int MOOF = of("moof");
    static final int MFHD = of("mfhd");
    static final int TRAF = of("traf");
    static final int TFHD = of("tfhd");
    static final int TFDT = of("tfdt");
    static final int TRUN = of("trun");
    static final int MDAT = of("mdat");
    static final int PRFT = of("prft");
    static final int MFRA = of("mfra");
    static final int TFRA = of("tfra");
    static final int MFRO = of("mfro");
    static final int UUID = of("uuid");
    static final int VIDE = of("vide");
    static final int SOUN = of("soun");

    private FourCc() {}

    static int of(String text) {
        return text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    }

    /// For messages: what cannot be printed becomes a dot.
    static String text(int code) {
        var text = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            char c = (char) (code >>> shift & 0xff);
            text.append(c >= 0x20 && c < 0x7f ? c : '.');
        }
        return text.toString();
    }
}
