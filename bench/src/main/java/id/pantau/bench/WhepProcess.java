package id.pantau.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.media.webrtc.WebRtcAnswer;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSession;
import id.pantau.media.webrtc.WebRtcSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// The serving child process of [Whep]: one looping clip behind WHEP. Says its HTTP port, and
/// answers each line on standard input with what its sessions did: packets sent, packets sent
/// again, access units dropped.
final class WhepProcess {
    private WhepProcess() {}

    /// Argument: clip.
    public static void main(String[] arguments) throws Exception {
        var hub = new StreamHub("bench", StreamHub.CacheLimits.DEFAULT);
        LoopingClip clip = LoopingClip.open(Path.of(arguments[0]));
        Thread.ofPlatform().daemon().start(() -> feed(clip, hub));
        WebRtcServer server = WebRtcServer.start(WebRtcSettings.loopback());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer http = HttpServer.create(address, 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/whep", exchange -> answer(exchange, server, hub));
        http.start();
        System.out.println(http.getAddress().getPort());
        while (System.in.read() == '\n') {
            long sent = 0;
            long resent = 0;
            long dropped = 0;
            for (WebRtcSession session : server.list()) {
                sent += session.statistics().packetsSent();
                resent += session.statistics().packetsResent();
                dropped += session.statistics().unitsDropped();
            }
            System.out.printf("%d %d %d%n", sent, resent, dropped);
        }
        System.exit(0);
    }

    private static void feed(LoopingClip clip, StreamHub hub) {
        try (RtspSource.Feed feed = clip.open()) {
            while (true) {
                hub.accept(feed.take());
            }
        } catch (InterruptedException _) {
            // nobody interrupts it: it ends with the process
        }
    }

    private static void answer(HttpExchange exchange, WebRtcServer server, StreamHub hub)
            throws IOException {
        byte[] offer = exchange.getRequestBody().readAllBytes();
        WebRtcAnswer answer = server.answerPlay(new String(offer, StandardCharsets.UTF_8), hub);
        String text =
                switch (answer) {
                    case WebRtcAnswer.Accepted accepted -> accepted.sdp();
                    case WebRtcAnswer.Refused(var reason, var detail) -> reason + ": " + detail;
                };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int status = answer instanceof WebRtcAnswer.Accepted ? 201 : 406;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
