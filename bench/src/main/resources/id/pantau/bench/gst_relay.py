# An RTSP relay that is not ours: gst-rtsp-server pulls RTSP cameras and serves them, one mount each, pulled once however
# many read. The packets are taken apart to access units and made anew; nothing is decoded.
# Needs the Debian packages gir1.2-gst-rtsp-server-1.0, python3-gi and gstreamer1.0-plugins-{base,good,bad}.
# Usage: gst_relay.py PORT NAME=RTSP_URL ...      the cameras send H.264 and AAC
import sys
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_service(sys.argv[1])
for mount in sys.argv[2:]:
    name, url = mount.split("=", 1)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch(
        f"( rtspsrc name=camera location={url} protocols=tcp latency=0"
        " camera. ! application/x-rtp,media=video ! rtph264depay ! rtph264pay name=pay0 pt=96"
        " camera. ! application/x-rtp,media=audio ! rtpmp4gdepay ! rtpmp4gpay name=pay1 pt=97 )"
    )
    server.get_mount_points().add_factory("/" + name, factory)
if server.attach(None) == 0:
    sys.exit("cannot listen on port " + sys.argv[1])
print("ready", flush=True)
GLib.MainLoop().run()
