/// Cameras: what is known of them, their running streams, and what is wrong with one that does not
/// run.
///
/// Owns the tables `camera`, `camera_check` and `camera_finding`, the key file that encrypts camera
/// passwords, one puller thread per running stream, and the one that examines cameras at night
/// ([NightlyChecks]). [Cameras] is the one place where a camera is added, changed or removed;
/// [CameraStreams] gives their media to `live` and `recording`. Calls `media`, `onvif` and the
/// worker of `vision` only, which [CompatOpener] reads streams through that are no RTSP and
/// [LiveTranscodes] encodes anew what browsers cannot decode; [CameraDevices] asks cameras over
/// ONVIF and holds one thread per camera that tells events, and per patrol.
@NullMarked
package id.pantau.server.camera;

import org.jspecify.annotations.NullMarked;
