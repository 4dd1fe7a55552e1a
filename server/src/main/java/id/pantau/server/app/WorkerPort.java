package id.pantau.server.app;

import id.pantau.server.vision.Workers;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The port at which workers of other machines come in, where one is set. Opened before the cameras
/// begin, and closed behind them: on the way down no camera is moved.
@Component
class WorkerPort implements SmartLifecycle {
    private final StreamSettings settings;
    private final Workers workers;
    private final OwnPorts ports;
    private volatile boolean running;

    WorkerPort(StreamSettings settings, Workers workers, OwnPorts ports) {
        this.settings = settings;
        this.workers = workers;
        this.ports = ports;
    }

    @Override
    public void start() {
        running = true;
        if (settings.workerPort() == 0) {
            return;
        }
        try {
            workers.open(
                    new InetSocketAddress(settings.address(), settings.workerPort()),
                    settings.pending());
            ports.add(settings.workerPort());
        } catch (IOException e) {
            throw new PortTakenException("worker.port", settings.workerPort(), e);
        }
    }

    @Override
    public void stop() {
        running = false;
        workers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before [CameraLife], and on the way down after it.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2;
    }
}
