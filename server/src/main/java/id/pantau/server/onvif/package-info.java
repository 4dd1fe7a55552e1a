/// ONVIF: finds cameras on the network and asks them, over SOAP, what they are, where their streams
/// are, and to move, to change their picture and to tell their events.
///
/// Owns no tables and no lasting threads: an [EventPull] runs on its caller's thread. [Onvif] is
/// the door; an [OnvifDevice] is one device that answered. Every address a person or a device gives
/// passes [AddressRules], and a device is talked to at its own address only: what it says of
/// another host is rewritten and noted. Calls no other domain.
@ApplicationModule(displayName = "onvif")
@NullMarked
package id.pantau.server.onvif;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
