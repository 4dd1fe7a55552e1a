package id.pantau.server.camera;

import id.pantau.server.onvif.OnvifException;
import java.util.Map;

/// What ONVIF tells of a device, as findings of its camera.
final class DeviceFindings {
    private DeviceFindings() {}

    static Finding of(id.pantau.server.onvif.Finding told) {
        boolean clock = told.code().equals("onvif.clockOffset");
        return new Finding(
                told.code(),
                clock ? Finding.Severity.WARNING : Finding.Severity.INFO,
                told.sentence(),
                told.params());
    }

    /// Why it answers nothing: recording goes on, and moves, events and its clock do not.
    static Finding away(OnvifException why) {
        return new Finding(
                switch (why.category()) {
                    case NOT_AUTHORISED -> "onvif.notAuthorised";
                    case LOCKED_OUT -> "onvif.lockedOut";
                    case CLOCK_WRONG -> "onvif.clockWrong";
                    case NOT_SUPPORTED -> "onvif.notSupported";
                    case REQUEST_REFUSED -> "onvif.refused";
                    case NOT_ONVIF -> "onvif.notOnvif";
                    case TIMEOUT -> "onvif.timeout";
                    case UNREACHABLE -> "onvif.unreachable";
                    case ADDRESS_REFUSED -> "onvif.addressRefused";
                },
                Finding.Severity.WARNING,
                why.sentence(),
                Map.of("detail", why.sentence()));
    }
}
