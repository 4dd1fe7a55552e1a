package id.pantau.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificate files as operators have them, right and wrong.
class PemFilesTest {
    private static final Instant NEXT_YEAR = Instant.now().plusSeconds(300 * 86_400L);
    private final TestAuthority authority = new TestAuthority();

    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String refusal(Path certificate, Path key) {
        return String.valueOf(
                assertThatExceptionOfType(UnusableCertificateException.class)
                        .isThrownBy(() -> PemFiles.read(certificate, key))
                        .actual()
                        .getMessage());
    }

    @Test
    void aChainIsReadWithRsaAndEcKeysInTheirOldAndNewForms() throws Exception {
        for (KeyPair keys :
                new KeyPair[] {
                    TestAuthority.generate("RSA", 2048), TestAuthority.generate("EC", 256)
                }) {
            X509Certificate own = authority.issue(keys, NEXT_YEAR);
            Path chain =
                    file(
                            "chain.pem",
                            "Subject: words of openssl\n"
                                    + TestAuthority.pem(own)
                                    + TestAuthority.pem(authority.certificate()));
            for (Object form :
                    new Object[] {old(keys), new JcaPKCS8Generator(keys.getPrivate(), null)}) {
                ServerCertificate read =
                        PemFiles.read(chain, file("key.pem", TestAuthority.pem(form)));
                assertThat(read.chain()).containsExactly(own, authority.certificate());
                assertThat(read.hosts()).containsExactly("localhost", "127.0.0.1");
                assertThat(read.isSelfSigned()).isFalse();
                assertThat(read.toString()).startsWith("CN=pantau.example, SHA-256 ");
                assertThat(read.context()).isNotNull();
            }
        }
    }

    /// PKCS #1, and SEC 1 as OpenSSL writes it: with the name of the curve.
    private static Object old(KeyPair keys) throws IOException {
        if (!(keys.getPrivate() instanceof ECPrivateKey key)) {
            return keys;
        }
        var structure =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, key.getS(), SECObjectIdentifiers.secp256r1);
        return new PemObject("EC PRIVATE KEY", structure.getEncoded());
    }

    @Test
    void everyWrongFileIsNamedWithWhatToDo() throws Exception {
        Path chain = folder.resolve("fullchain.pem");
        Path key = folder.resolve("privkey.pem");
        authority.write(chain, key, NEXT_YEAR);
        Path none = folder.resolve("none.pem");
        assertThat(refusal(none, key))
                .contains("certificate", none + ", is not there", "PANTAU_TLS_CERTIFICATE");
        assertThat(refusal(chain, none)).contains("key", "is not there", "PANTAU_TLS_KEY");
        assertThat(refusal(folder, key)).contains("is not there");
        assertThat(refusal(key, key)).contains("there is no certificate in " + key, "openssl x509");
        assertThat(refusal(chain, chain)).contains("no private key in " + chain, "privkey.pem");
        Path der = folder.resolve("der");
        Files.write(der, authority.certificate().getEncoded());
        assertThat(refusal(der, key)).contains("-inform der");
        String text = Files.readString(chain);
        Path torn = file("torn.pem", text.substring(0, 300));
        assertThat(refusal(torn, key)).contains(torn.toString(), "damaged");
        Path huge = file("huge.pem", "x".repeat(300 << 10));
        assertThat(refusal(huge, key)).contains("larger than any certificate");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Path chain = folder.resolve("fullchain.pem");
        Path key = folder.resolve("privkey.pem");
        authority.write(chain, key, NEXT_YEAR);
        Path other = folder.resolve("other.pem");
        authority.write(folder.resolve("unused.pem"), other, NEXT_YEAR);
        assertThat(refusal(chain, other))
                .contains(other.toString(), "does not belong to", "CN=pantau.example");
        String rsa = TestAuthority.pem(TestAuthority.generate("RSA", 2048));
        assertThat(refusal(chain, file("rsa.pem", rsa))).contains("does not belong to");
    }

    @Test
    void aKeyWithAPassphraseSaysHowToTakeItOff() throws Exception {
        Path chain = folder.resolve("fullchain.pem");
        authority.write(chain, folder.resolve("privkey.pem"), NEXT_YEAR);
        var locked =
                new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2), new byte[48]);
        assertThat(
                        refusal(
                                chain,
                                file(
                                        "locked.pem",
                                        TestAuthority.pem(
                                                new PemObject(
                                                        "ENCRYPTED PRIVATE KEY",
                                                        locked.getEncoded())))))
                .contains("passphrase", "openssl pkey -in OLD -out NEW");
    }
}
