/// FLV: the tags that carry streams over RTMP, HTTP-FLV and WebSocket-FLV (Adobe Flash Video File
/// Format Specification v10.1, Enhanced RTMP v2), and AMF0, in which they and RTMP speak.
///
/// [FlvStreams] plays a source: each tag is made once and shared by all who watch. [FlvReceiver]
/// goes the other way, from tags to access units.
@NullMarked
package id.pantau.media.flv;

import org.jspecify.annotations.NullMarked;
