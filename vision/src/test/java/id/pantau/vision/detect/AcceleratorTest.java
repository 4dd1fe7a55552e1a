package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import id.pantau.vision.TestModels;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceleratorTest {
    @Test
    void theFastestThatTheLibraryHasComesFirstAndTheCpuLast() {
        assertThat(
                        Accelerator.of(
                                EnumSet.of(
                                        OrtProvider.CPU,
                                        OrtProvider.CUDA,
                                        OrtProvider.TENSOR_RT,
                                        OrtProvider.XNNPACK)))
                .containsExactly(Accelerator.TENSORRT, Accelerator.CUDA, Accelerator.CPU);
        assertThat(Accelerator.of(EnumSet.of(OrtProvider.CPU, OrtProvider.OPEN_VINO)))
                .containsExactly(Accelerator.OPENVINO, Accelerator.CPU);
        assertThat(Accelerator.available()).endsWith(Accelerator.CPU);
    }

    @Test
    void whatDoesNotBeginLeavesTheModelToTheNext() throws Exception {
        Path model = TestModels.file("yolox_nano.onnx");
        try (OrtSession session =
                Accelerator.open(
                        model.toString(),
                        List.of(
                                Accelerator.TENSORRT,
                                Accelerator.CUDA,
                                Accelerator.OPENVINO,
                                Accelerator.CPU))) {
            assertThat(session.getInputInfo()).hasSize(1);
        }
    }
}
