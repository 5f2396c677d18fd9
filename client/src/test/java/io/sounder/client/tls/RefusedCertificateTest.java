package io.sounder.client.tls;

import static io.sounder.client.fixture.Certificates.CA;
import static io.sounder.client.fixture.Certificates.EC_SERVER;
import static io.sounder.client.fixture.Certificates.EXPIRED;
import static io.sounder.client.fixture.Certificates.OTHER_CA;
import static io.sounder.client.fixture.Certificates.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Certificates.Identity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said about a certificate is true of it, whatever else the server sends along. */
class RefusedCertificateTest {
  @Test
  void onlyTheChainThatLeadsOnIsLookedAt() {
    X509Certificate[] withStrangers = {
      SERVER.certificate(), EXPIRED.certificate(), OTHER_CA.certificate()
    };

    assertEquals(
        "its certificate is signed by CN=ca, which is not in --ca x;"
            + " give the authority's certificate with --ca FILE, or --insecure",
        reason(withStrangers));
  }

  @Test
  void anIssuerThatWasSentIsFollowed() throws GeneralSecurityException {
    X509Certificate between = made("between", List.of(), "root");
    X509Certificate server = made("server", List.of("localhost"), "between");

    String reason = reason(server, SERVER.certificate(), between);

    assertTrue(reason.contains("signed by CN=root, which is not in"), reason);
  }

  @Test
  void chainsThatBiteTheirTailEnd() throws GeneralSecurityException {
    X509Certificate one = made("one", List.of(), "other");
    X509Certificate other = made("other", List.of(), "one");

    String reason = reason(one, other);

    assertTrue(reason.contains("signed by CN=one, which is not in"), reason);
  }

  @Test
  void anAuthorityOfTheSameNameIsToldFromTheOneThatSigned() throws GeneralSecurityException {
    X509Certificate[] chain = {SERVER.certificate()};
    X509Certificate[] itself = {CA.certificate()};
    X509Certificate[] namesake = {made("ca", List.of(), "ca")};

    assertEquals(
        "its certificate is signed by CN=ca, which is in --ca x, but was refused: there is no path",
        RefusedCertificate.reason(chain, "localhost", itself, "--ca x", noPath()));
    assertEquals(
        "its certificate is signed by CN=ca, but not with the key that the one of that name has in"
            + " --ca x; give the authority's certificate with --ca FILE, or --insecure",
        RefusedCertificate.reason(chain, "localhost", namesake, "--ca x", noPath()));
  }

  @Test
  void ofManyNamesAFewAreSaid() throws GeneralSecurityException {
    List<String> hosts = IntStream.range(0, 100).mapToObj(i -> "h" + i + ".example").toList();
    CertificateException wrongName = new CertificateException("No name matching localhost found");

    String reason =
        RefusedCertificate.reason(
            new X509Certificate[] {made("server", hosts, "ca")},
            "localhost",
            new X509Certificate[0],
            "--ca x",
            wrongName);

    assertTrue(reason.contains("but for h0.example, h1.example, h2.example, h3"), reason);
    assertTrue(reason.contains("h4.example and 95 more; give the name"), reason);
  }

  @Test
  void anAddressThatStandsAmongTheNamesIsTold() throws GeneralSecurityException {
    X509Certificate asName = made("server", List.of("localhost", "::1"), "ca");

    assertEquals(
        List.of("localhost", "::1 (as a name, not an address)"), Certificates.hosts(asName));
    assertEquals(
        List.of("localhost", "127.0.0.1", "::1"), Certificates.hosts(SERVER.certificate()));
  }

  @Test
  void whatAServerWroteIntoItsNamesIsEscapedAndCut() throws GeneralSecurityException {
    String name = "\u001b[2J\nCN=good\u202e" + "x".repeat(10_000);

    String reason = reason(made(name, List.of(), name));

    assertTrue(reason.contains("\\x1b[2J\\nCN"), reason);
    assertFalse(reason.contains("\u202e"), reason);
    assertTrue(reason.length() < 1000, () -> reason.length() + " characters");
  }

  private static String reason(X509Certificate... chain) {
    return RefusedCertificate.reason(
        chain, "localhost", new X509Certificate[0], "--ca x", noPath());
  }

  private static CertificateException noPath() {
    return new CertificateException("refused", new CertPathBuilderException("there is no path"));
  }

  /** Signed with any key: names are what matters here. */
  private static X509Certificate made(String subject, List<String> hosts, String issuer)
      throws GeneralSecurityException {
    Identity any = EC_SERVER;
    Instant now = Instant.now();
    return CertificateMaker.make(
        new KeyPair(any.certificate().getPublicKey(), any.key()),
        subject,
        hosts,
        false,
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(1)),
        issuer,
        any.key());
  }
}
