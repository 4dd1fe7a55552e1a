/// TLS as a server speaks it ([ServerTls]: 1.2 and 1.3 alone) and certificates of one's own making.
/// JDK and Bouncy Castle only; starts no thread and opens no file.
@NullMarked
package id.pantau.media.tls;

import org.jspecify.annotations.NullMarked;
