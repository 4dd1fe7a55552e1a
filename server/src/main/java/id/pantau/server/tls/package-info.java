/// The server's one certificate, for HTTPS, RTSPS and RTMPS: read from the operator's PEM files or
/// made here, watched for a new one, and an alarm before it expires.
///
/// Owns the file `tls.pem` in the home and one thread that looks at the files. Knows `health`
/// alone.
@NullMarked
package id.pantau.server.tls;

import org.jspecify.annotations.NullMarked;
