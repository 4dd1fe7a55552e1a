package id.pantau.vision.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What runs models, fastest first. The native library that Pantau brings has the CPU alone; one
/// that was built for more, in its place, brings its own.
enum Accelerator {
    TENSORRT(OrtProvider.TENSOR_RT) {
        @Override
        void choose(OrtSession.SessionOptions options) throws OrtException {
            options.addTensorrt(FIRST_DEVICE);
            options.addCUDA(FIRST_DEVICE); // for what TensorRT does not know
        }
    },
    CUDA(OrtProvider.CUDA) {
        @Override
        void choose(OrtSession.SessionOptions options) throws OrtException {
            options.addCUDA(FIRST_DEVICE);
        }
    },
    OPENVINO(OrtProvider.OPEN_VINO) {
        @Override
        void choose(OrtSession.SessionOptions options) throws OrtException {
            options.addOpenVINO(ANY_DEVICE);
        }
    },
    CPU(OrtProvider.CPU) {
        @Override
        void choose(OrtSession.SessionOptions options) {
            // is always there, and does what no other can
        }
    };

    private static final System.Logger LOG = System.getLogger(Accelerator.class.getName());
    private static final int FIRST_DEVICE = 0;
    private static final String ANY_DEVICE = "";

    private final OrtProvider provider;

    Accelerator(OrtProvider provider) {
        this.provider = provider;
    }

    abstract void choose(OrtSession.SessionOptions options) throws OrtException;

    /// Those that the native library has, fastest first.
    static List<Accelerator> available() {
        return of(OrtEnvironment.getAvailableProviders());
    }

    static List<Accelerator> of(Set<OrtProvider> providers) {
        return Arrays.stream(values()).filter(one -> providers.contains(one.provider)).toList();
    }

    /// Opens a model with the first that begins: a library for a graphics card may be there without
    /// the card.
    ///
    /// @param wanted the last one is [#CPU]
    /// @throws OrtException when the model cannot be opened by the last one either
    static OrtSession open(String file, List<Accelerator> wanted) throws OrtException {
        for (Accelerator one : wanted.subList(0, wanted.size() - 1)) {
            try {
                OrtSession session = one.open(file);
                LOG.log(System.Logger.Level.INFO, "{0} is run by {1}", file, one);
                return session;
            } catch (OrtException e) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0} does not run {1}: {2}",
                        one,
                        file,
                        e.getMessage());
            }
        }
        return wanted.getLast().open(file);
    }

    /// One thread for a caller: several callers at once do more than one with several.
    private OrtSession open(String file) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            choose(options);
            return OrtEnvironment.getEnvironment().createSession(file, options);
        }
    }
}
