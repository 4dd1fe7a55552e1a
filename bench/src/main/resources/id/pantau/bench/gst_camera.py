# RTSP cameras that are not ours: gst-rtsp-server plays MP4 or MOV files, one mount each.
# Needs the Debian packages gir1.2-gst-rtsp-server-1.0, python3-gi and gstreamer1.0-plugins-{base,good,bad}.
# Usage: gst_camera.py PORT NAME=FILE:VIDEO[:AUDIO] ...      VIDEO: h264, h265; AUDIO: aac, pcmu, pcma, opus
import sys
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer

VIDEO = {
    "h264": "h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96",
    "h265": "h265parse config-interval=-1 ! rtph265pay name=pay0 pt=96",
}
AUDIO = {
    "aac": "aacparse ! rtpmp4gpay name=pay1 pt=97",
    "pcmu": "rtppcmupay name=pay1 pt=0",
    "pcma": "rtppcmapay name=pay1 pt=8",
    "opus": "opusparse ! rtpopuspay name=pay1 pt=98",
}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_service(sys.argv[1])
for mount in sys.argv[2:]:
    name, description = mount.split("=", 1)
    file, video, *audio = description.split(":")
    launch = f"( filesrc location={file} ! qtdemux name=d d.video_0 ! queue ! {VIDEO[video]}"
    if audio:
        launch += f" d.audio_0 ! queue ! {AUDIO[audio[0]]}"
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch(launch + " )")
    server.get_mount_points().add_factory("/" + name, factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
