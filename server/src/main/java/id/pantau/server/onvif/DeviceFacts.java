package id.pantau.server.onvif;

/// Who made a device, and what (GetDeviceInformation). Each empty when the device does not say.
public record DeviceFacts(
        String manufacturer,
        String model,
        String firmwareVersion,
        String serialNumber,
        String hardwareId) {
    static DeviceFacts of(XmlElement response) {
        return new DeviceFacts(
                Soap.shortened(response.text("Manufacturer")),
                Soap.shortened(response.text("Model")),
                Soap.shortened(response.text("FirmwareVersion")),
                Soap.shortened(response.text("SerialNumber")),
                Soap.shortened(response.text("HardwareId")));
    }
}
