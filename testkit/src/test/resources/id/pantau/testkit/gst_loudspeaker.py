# A camera with a loudspeaker that is not ours: gst-rtsp-server's ONVIF media, whose backchannel writes what it hears, 16 bits at
# 8 kHz, to a file. Usage: gst_loudspeaker.py FILE. Prints its port; exits with 3 and a reason when something is missing.
import sys

try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError) as why:
    print(f"no gst-rtsp-server for Python: {why}", flush=True)
    sys.exit(3)

Gst.init(None)
for needed in ("videotestsrc", "jpegenc", "rtpjpegpay", "rtppcmudepay", "mulawdec"):
    if Gst.ElementFactory.find(needed) is None:
        print(f"GStreamer lacks {needed}", flush=True)
        sys.exit(3)
server = GstRtspServer.RTSPOnvifServer()
server.set_service("0")
factory = GstRtspServer.RTSPOnvifMediaFactory()
factory.set_launch("( videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=64,framerate=5/1 ! jpegenc ! rtpjpegpay name=pay0 pt=26 )")
factory.set_backchannel_launch(
    '( capsfilter caps="application/x-rtp,media=audio,payload=0,clock-rate=8000,encoding-name=PCMU" name=depay_backchannel'
    f" ! rtppcmudepay ! mulawdec ! filesink location={sys.argv[1]} buffer-mode=unbuffered sync=false async=false )"
)
factory.set_shared(False)
factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia)
server.get_mount_points().add_factory("/cam", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
