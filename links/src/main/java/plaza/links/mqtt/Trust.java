package plaza.links.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// Whom a TLS connection trusts.
final class Trust {
  private Trust() {}

  /// @param pem certificates; null for null, which trusts whom the JDK trusts
  /// @throws Refusal.Invalid when it is no certificate
  static @Nullable TrustManagerFactory of(@Nullable String pem) {
    if (pem == null) return null;
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
      if (certificates.isEmpty())
        throw new Refusal.Invalid("the link's setting 'caCertificate' holds no certificate");
      for (var certificate : certificates)
        store.setCertificateEntry("ca" + store.size(), certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (GeneralSecurityException | IOException e) {
      throw new Refusal.Invalid(
          "the link's setting 'caCertificate' must be PEM of an X.509 certificate: "
              + e.getMessage());
    }
  }
}
