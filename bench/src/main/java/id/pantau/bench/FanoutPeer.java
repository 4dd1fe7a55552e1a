package id.pantau.bench;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/// What the fan-out is held against: the same web server and the same bytes, and nothing else. A
/// child process; each stream gives a ready-made message to all its sessions again and again.
final class FanoutPeer {
    private static final int SEND_BUFFER_BYTES = 512 << 10;

    private FanoutPeer() {}

    /// Arguments: port, number of streams, bytes of a message, nanoseconds from one to the next. A
    /// stream's path is `/N`, from 1.
    public static void main(String[] arguments) throws Exception {
        int streams = Integer.parseInt(arguments[1]);
        int bytes = Integer.parseInt(arguments[2]);
        long everyNanos = Long.parseLong(arguments[3]);
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        server.addConnector(connector);
        var sessions = new ArrayList<List<Session>>();
        WebSocketUpgradeHandler upgrades =
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            for (int i = 1; i <= streams; i++) {
                                var watching = new CopyOnWriteArrayList<Session>();
                                sessions.add(watching);
                                container.addMapping("/" + i, (_, _, _) -> new Joining(watching));
                            }
                        });
        server.setHandler(upgrades);
        server.start();
        for (int i = 0; i < streams; i++) {
            List<Session> watching = sessions.get(i);
            long offsetNanos = everyNanos * i / streams;
            Thread.ofVirtual().start(() -> publish(watching, bytes, everyNanos, offsetNanos));
        }
        System.out.println("ready");
        server.join();
    }

    private static void publish(
            List<Session> watching, int bytes, long everyNanos, long offsetNanos) {
        try {
            while (true) {
                long phase = Math.floorMod(System.nanoTime() - offsetNanos, everyNanos);
                TimeUnit.NANOSECONDS.sleep(everyNanos - phase);
                ByteBuffer message = ByteBuffer.allocateDirect(bytes);
                Arrivals.stamp(message, Instant.now());
                for (Session session : watching) {
                    session.sendBinary(message.duplicate(), Callback.NOOP);
                }
            }
        } catch (InterruptedException _) {
            // the process ends
        }
    }

    /// Jetty wants it public.
    public static final class Joining implements Session.Listener.AutoDemanding {
        private final List<Session> watching;

        Joining(List<Session> watching) {
            this.watching = watching;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            session.setAutoFragment(false);
            session.setMaxFrameSize(0);
            watching.add(session);
        }
    }
}
