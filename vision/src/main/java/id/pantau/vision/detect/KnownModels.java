package id.pantau.vision.detect;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The catalogue's rows, for each purpose the best choice first. Addresses are pinned to a commit
/// and their licences are Apache-2.0 or MIT; what has no address is known when somebody brings it.
final class KnownModels {
    private static final String APACHE = "Apache-2.0";
    private static final String MIT = "MIT";

    /// Nobody has said under which one.
    private static final String UNSETTLED = "";

    static final List<CatalogueModel> ALL =
            List.of(
                    // the published file with its input's size and batch left open
                    new CatalogueModel(
                            "YOLOX-nano, any size",
                            "yolox_nano_dyn.onnx",
                            3_647_736,
                            "357e188a6f0fc15b357276fbbdc4da320397a0eefdd19738a2c6c97640ad80f3",
                            null,
                            ModelDescriptor.usual(
                                    "yolox-nano-wide", ModelFamily.YOLOX, 640, 384, APACHE)),
                    new CatalogueModel(
                            "YOLOX-nano",
                            "yolox_nano.onnx",
                            3_659_407,
                            "c789161ed43c8269fcd4e67c67eeeb4e80c622da2eb296a20bc6007bd18a0b7d",
                            github(
                                    "opencv/opencv_zoo",
                                    "371cb249700106b50b2f934b7f18df3f9d127473",
                                    "models/object_detection_yolox/yolox_nano.onnx"),
                            ModelDescriptor.usual(
                                    "yolox-nano", ModelFamily.YOLOX, 416, 416, APACHE)),
                    new CatalogueModel(
                            "NanoDet-Plus-m, 8-bit weights",
                            "nanodet_plus_m_w8.onnx",
                            1_341_983,
                            "7869b8be38c48f2a07adee5781e53e6103e2a7619dbc00a49392072c14d38f86",
                            null,
                            ModelDescriptor.usual(
                                    "nanodet-plus-m",
                                    ModelFamily.NANODET_PLUS,
                                    640,
                                    384,
                                    UNSETTLED)),
                    new CatalogueModel(
                            "NanoDet-Plus-m-1.5x, 8-bit weights",
                            "nanodet_plus_m_15x_w8.onnx",
                            2_670_238,
                            "3db0271ba9ec4f60af1c2e5ecb7bb55c672379e9cc85ed47cf932bcca2c0faa9",
                            null,
                            ModelDescriptor.usual(
                                    "nanodet-plus-m-1.5x",
                                    ModelFamily.NANODET_PLUS,
                                    640,
                                    384,
                                    UNSETTLED)),
                    new CatalogueModel(
                            "NanoDet-m",
                            "nanodet_m_416.onnx",
                            3_800_954,
                            "4b82da9944b88577175ee23a459dce2e26e6e4be573def65b1055dc2d9720186",
                            github(
                                    "hpc203/nanodet-opncv-dnn-cpp-python",
                                    "15dd99c651d53c824f51d1eb5faddbd4f3d69bbc",
                                    "nanodet_m.onnx"),
                            ModelDescriptor.usual(
                                    "nanodet-m", ModelFamily.NANODET, 416, 416, APACHE)),
                    new CatalogueModel(
                            "YuNet",
                            "face_detection_yunet_2023mar.onnx",
                            232_589,
                            "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
                            yunet("onnx/yunet_s_640_640.onnx"),
                            ModelDescriptor.usual("yunet", ModelFamily.YUNET, 640, 640, MIT)),
                    new CatalogueModel(
                            "YuNet, any size",
                            "face_detection_yunet_s_dynamic.onnx",
                            237_823,
                            "daede24002cc8590f457998cc5e6c9e8b82f45f6bd969506a8913cd4ed10a2d3",
                            yunet("onnx/yunet_s_dynamic.onnx"),
                            ModelDescriptor.usual("yunet-wide", ModelFamily.YUNET, 640, 384, MIT)),
                    new CatalogueModel(
                            "YuNet-n 320",
                            "face_detection_yunet_n_320.onnx",
                            317_434,
                            "81dbde155e982455488235acb8ec2dec5d647edf7cf7080d33e4abb69b93a0d2",
                            yunet("onnx/yunet_n_320_320.onnx"),
                            ModelDescriptor.usual("yunet-n-320", ModelFamily.YUNET, 320, 320, MIT)),
                    new CatalogueModel(
                            "UltraFace RFB-320",
                            "face_ultraface_rfb_320.onnx",
                            1_270_727,
                            "34cd7e60aeff28744c657de7a3dc64e872d506741de66987f3426f2b79f88017",
                            github(
                                    "Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB",
                                    "dffdddda9794a50607cba8f318507a28c1c27cab",
                                    "models/onnx/version-RFB-320.onnx"),
                            ModelDescriptor.usual(
                                    "ultraface-rfb-320", ModelFamily.ULTRAFACE, 320, 240, MIT)),
                    new CatalogueModel(
                            "LPD-YuNet",
                            "license_plate_detection_lpd_yunet_2023mar.onnx",
                            4_146_213,
                            "6d4978a7b6d25514d5e24811b82bfb511d166bdd8ca3b03aa63c1623d4d039c7",
                            github(
                                    "roniragilimankhoirul/License-Plate-Detection-with-YuNet",
                                    "3ced4135a7004ade104d5508f53fe634e457cade",
                                    "license_plate_detection_lpd_yunet_2023mar.onnx"),
                            ModelDescriptor.usual(
                                    "lpd-yunet", ModelFamily.LPD_YUNET, 320, 240, APACHE)),
                    // five times slower than the one above on processors of today
                    new CatalogueModel(
                            "LPD-YuNet, 8 bit",
                            "license_plate_detection_lpd_yunet_2023mar_int8.onnx",
                            1_087_142,
                            "d67982a014fe93ad04612f565ed23ca010dcb0fd925d880ef0edf9cd7bdf931a",
                            null,
                            ModelDescriptor.usual(
                                    "lpd-yunet-int8", ModelFamily.LPD_YUNET, 320, 240, APACHE)));

    private KnownModels() {}

    private static @Nullable URI yunet(String path) {
        return github(
                "ShiqiYu/libfacedetection.train", "0047ac24afb1a50a0c6105001c89d1b5b805dbf1", path);
    }

    private static URI github(String repository, String commit, String path) {
        return URI.create(
                "https://raw.githubusercontent.com/%s/%s/%s".formatted(repository, commit, path));
    }
}
