package id.pantau.server.web;

import id.pantau.server.camera.CameraDevice;
import id.pantau.server.camera.CameraDevices;
import id.pantau.server.camera.Cameras;
import id.pantau.server.onvif.Imaging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// A camera's picture settings, and its restart.
@Tag(name = "ONVIF")
@RestController
@RequestMapping("/api/v1/cameras/{id}")
class CameraDeviceController {
    private final Cameras cameras;
    private final CameraDevices devices;

    CameraDeviceController(Cameras cameras, CameraDevices devices) {
        this.cameras = cameras;
        this.devices = devices;
    }

    @Operation(summary = "Restart the device itself")
    @PostMapping("/reboot")
    PtzTypes.RebootView reboot(@PathVariable String id) {
        return new PtzTypes.RebootView(device(id).device().reboot());
    }

    @Operation(summary = "A camera's picture settings and their ranges")
    @GetMapping("/imaging")
    PtzTypes.ImagingView imaging(@PathVariable String id) {
        return view(device(id));
    }

    @Operation(summary = "Change picture settings: what is absent stays as it is")
    @PutMapping("/imaging")
    PtzTypes.ImagingView setImaging(
            @PathVariable String id, @RequestBody PtzTypes.PictureView change) {
        CameraDevice device = device(id);
        device.device().imaging().set(device.videoSource(), change.change());
        return view(device);
    }

    private static PtzTypes.ImagingView view(CameraDevice device) {
        Imaging imaging = device.device().imaging();
        String source = device.videoSource();
        return new PtzTypes.ImagingView(
                PtzTypes.PictureView.of(imaging.settings(source)),
                PtzTypes.PictureRangesView.of(imaging.ranges(source)));
    }

    private CameraDevice device(String id) {
        return devices.get(cameras.get(CameraController.cameraId(id)).id());
    }
}
