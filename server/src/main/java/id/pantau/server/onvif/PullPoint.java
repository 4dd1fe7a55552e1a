package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.time.Duration;
import java.util.List;

/// One subscription to a device's events (ONVIF Core §9.1, real-time PullPoint). Used by one
/// thread.
public final class PullPoint {
    /// How long it lives without renewal.
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /// The server may be waiting for it to end.
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final int LONGEST_REFERENCE = 4096;
    private static final String WSNT = "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/";
    private static final String TEV = "http://www.onvif.org/ver10/events/wsdl/";

    private final OnvifDevice device;
    private final DeviceAddress address;
    private final String reference;

    private PullPoint(OnvifDevice device, DeviceAddress address, String reference) {
        this.device = device;
        this.address = address;
        this.reference = reference;
    }

    static PullPoint create(OnvifDevice device, OwnAddresses addresses) {
        XmlElement response =
                device.call(
                        Service.EVENTS,
                        new SoapClient.Request(
                                "CreatePullPointSubscription",
                                TEV + "EventPortType/CreatePullPointSubscriptionRequest",
                                addressing(
                                        device.require(Service.EVENTS),
                                        TEV + "EventPortType/CreatePullPointSubscriptionRequest",
                                        ""),
                                """
                                <tev:CreatePullPointSubscription><tev:InitialTerminationTime>%s\
                                </tev:InitialTerminationTime></tev:CreatePullPointSubscription>\
                                """
                                        .formatted(LIFETIME),
                                SoapClient.PATIENCE));
        XmlElement given = response.child("SubscriptionReference").orElse(response);
        DeviceAddress address =
                addresses
                        .service(given.text("Address"))
                        .orElseThrow(() ->
                                Soap.notOnvif(
                                        device.address().authority(),
                                        "its subscription has no address"));
        return new PullPoint(device, address, echoed(given));
    }

    /// Some devices tell subscriptions apart by an element that every request must bring back (WS
    /// Addressing 1.0, SOAP binding §3.4).
    private static String echoed(XmlElement reference) {
        var header = new StringBuilder();
        reference
                .child("ReferenceParameters")
                .ifPresent(parameters ->
                        parameters.children().forEach(one -> write(one, header, true)));
        if (header.length() > LONGEST_REFERENCE) {
            throw new OnvifException(
                    Category.NOT_ONVIF, "A subscription's reference is too long to bring back.");
        }
        return header.toString();
    }

    private static void write(XmlElement element, StringBuilder out, boolean outermost) {
        out.append('<').append(element.name()).append(" xmlns=\"");
        out.append(Soap.escaped(element.namespace())).append('"');
        if (outermost) {
            out.append(" wsa:IsReferenceParameter=\"true\"");
        }
        element.attributes()
                .forEach((name, value) -> {
                    if (!name.equals("IsReferenceParameter")) {
                        out.append(' ').append(name).append("=\"");
                        out.append(Soap.escaped(value)).append('"');
                    }
                });
        out.append('>').append(Soap.escaped(element.text()));
        element.children().forEach(child -> write(child, out, false));
        out.append("</").append(element.name()).append('>');
    }

    /// Waits for events (PullMessages).
    ///
    /// @param timeout how long the device waits when there are none
    /// @return oldest first
    public List<Notification> pull(Duration timeout, int most) {
        XmlElement response =
                call(
                        "PullMessages",
                        TEV + "PullPointSubscription/PullMessagesRequest",
                        """
                        <tev:PullMessages><tev:Timeout>%s</tev:Timeout>\
                        <tev:MessageLimit>%d</tev:MessageLimit></tev:PullMessages>\
                        """
                                .formatted(timeout, most),
                        timeout.plus(SoapClient.PATIENCE));
        return response.children("NotificationMessage").stream()
                .limit(most)
                .map(Notification::of)
                .toList();
    }

    /// Lives on for another minute.
    public void renew() {
        call(
                "Renew",
                WSNT + "RenewRequest",
                "<wsnt:Renew><wsnt:TerminationTime>%s</wsnt:TerminationTime></wsnt:Renew>"
                        .formatted(LIFETIME),
                SoapClient.PATIENCE);
    }

    public void unsubscribe() {
        call("Unsubscribe", WSNT + "UnsubscribeRequest", "<wsnt:Unsubscribe/>", FAREWELL);
    }

    private XmlElement call(String action, String actionUri, String body, Duration timeout) {
        String header = addressing(address, actionUri, reference);
        return device.call(
                address, new SoapClient.Request(action, actionUri, header, body, timeout));
    }

    private static String addressing(DeviceAddress to, String action, String reference) {
        return "<wsa:Action s:mustUnderstand=\"true\">%s</wsa:Action>".formatted(action)
                + "<wsa:To s:mustUnderstand=\"true\">%s</wsa:To>".formatted(Soap.escaped(to.url()))
                + reference;
    }
}
