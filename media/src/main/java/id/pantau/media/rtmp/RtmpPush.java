package id.pantau.media.rtmp;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.flv.FlvPlayback;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.flv.FlvStreams;
import id.pantau.media.flv.StreamTag;
import id.pantau.media.rtsp.CameraTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One try at pushing a stream to another server by RTMP or RTMPS (nginx-rtmp, MediaMTX, a video
/// platform): connects, publishes until it ends, and is thrown away. It retries nothing. What the
/// other side takes too slowly is lost in whole GOPs, and the source never waits.
public final class RtmpPush {
    private final RtmpPushTarget target;
    private final Timeouts timeouts;
    private final int queueBytes;
    private volatile long sentBytes;

    /// How long the other side may take.
    ///
    /// @param connect until TCP and TLS are up
    /// @param answer until a command is answered
    /// @param stuck without taking anything that waits for it
    public record Timeouts(Duration connect, Duration answer, Duration stuck) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    /// @param queueBytes how much may wait before GOPs are lost
    public RtmpPush(RtmpPushTarget target, Timeouts timeouts, int queueBytes) {
        this.target = target;
        this.timeouts = timeouts;
        this.queueBytes = queueBytes;
    }

    /// Of media, so far.
    public long sentBytes() {
        return sentBytes;
    }

    /// Blocks until the push is over.
    ///
    /// @param name of the stream, as for [FlvStreams#join]
    /// @param publishing runs when the other side takes the stream
    /// @return why it ended; failures are outcomes here, not exceptions
    /// @throws InterruptedException when the thread is interrupted; the connection is closed by
    ///   then
    public StreamEnd run(FlvStreams streams, String name, FlvSource source, Runnable publishing)
            throws InterruptedException {
        var raw = new Socket();
        try (raw) {
            Socket socket = connect(raw);
            var session = new PushSession(target, socket, raw, timeouts);
            session.publish();
            publishing.run();
            StreamEnd end = send(streams, name, source, session);
            checkInterrupted();
            return end;
        } catch (PushRefusedException e) {
            return e.end();
        } catch (UnknownHostException _) {
            return end(Reason.HOST_UNKNOWN, "The name %s is not known.".formatted(target.host()));
        } catch (SSLException e) {
            checkInterrupted();
            return end(
                    Reason.TLS_FAILED, "TLS with %s failed: %s.".formatted(target, e.getMessage()));
        } catch (MalformedRtmpException e) {
            return end(Reason.PROTOCOL_ERROR, "%s sent %s.".formatted(target, e.getMessage()));
        } catch (SocketTimeoutException _) {
            return end(Reason.UNREACHABLE, "%s does not answer.".formatted(target));
        } catch (IOException e) {
            checkInterrupted();
            Reason reason = raw.isConnected() ? Reason.CONNECTION_LOST : Reason.UNREACHABLE;
            return end(reason, "No connection with %s: %s.".formatted(target, e.getMessage()));
        }
    }

    private Socket connect(Socket raw) throws IOException {
        int millis = Math.toIntExact(timeouts.connect().toMillis());
        raw.setTcpNoDelay(true);
        raw.connect(new InetSocketAddress(target.host(), target.port()), millis);
        raw.setSoTimeout(Math.toIntExact(timeouts.answer().toMillis()));
        if (!target.tls()) {
            return raw;
        }
        SSLSocket tls =
                switch (target.trust()) {
                    case ANYBODY -> CameraTls.over(raw, target.host(), target.port());
                    case AUTHORITIES -> verified(raw);
                };
        tls.startHandshake();
        return tls;
    }

    private SSLSocket verified(Socket raw) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var tls = (SSLSocket) factory.createSocket(raw, target.host(), target.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    private StreamEnd send(FlvStreams streams, String name, FlvSource source, PushSession session)
            throws IOException, InterruptedException {
        FlvPlayback playback = FlvPlayback.start(streams, name, source, queueBytes).orElse(null);
        if (playback == null) {
            return end(Reason.STOPPED, "The stream carries nothing that can be pushed.");
        }
        try (playback) {
            session.answerMeanwhile(() -> playback.end("the connection ended"));
            for (List<StreamTag> tags = playback.take(); !tags.isEmpty(); tags = playback.take()) {
                session.write(buffers(tags, session.stream()));
            }
            return session.end().orElseGet(() -> end(Reason.STOPPED, "The stream is over."));
        } catch (IOException e) {
            StreamEnd known = session.end().orElse(null);
            if (known == null) {
                throw e;
            }
            return known;
        } finally {
            session.close();
        }
    }

    private List<ByteBuffer> buffers(List<StreamTag> tags, int stream) {
        var buffers = new ArrayList<ByteBuffer>();
        for (StreamTag tag : tags) {
            sentBytes += tag.bodyBytes();
            buffers.add(
                    stream == ChunkWriter.STREAM
                            ? tag.as(ChunkWriter.PLAYED)
                            : ChunkWriter.write(tag, stream));
        }
        return buffers;
    }

    private static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static StreamEnd end(Reason reason, String detail) {
        return new StreamEnd(reason, detail);
    }
}
