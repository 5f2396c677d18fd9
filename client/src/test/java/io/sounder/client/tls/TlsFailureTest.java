package io.sounder.client.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Certificates;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's alert is put down to our certificate only where it can be about that. */
class TlsFailureTest {
  private static final String[] RSA = {"RSA"};
  private static final String[] EC = {"EC"};

  @ParameterizedTest
  @ValueSource(strings = {"certificate_required", "handshake_failure", "bad_certificate"})
  void whoeverShowsNoneIsToldToGiveOne(String alert) {
    assertSaid(
        alert,
        askedFor(ClientIdentity.none(), RSA),
        "the server asks for a client certificate (alert " + alert + "); give --cert and --key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"internal_error", "decode_error", "record_overflow"})
  void whatHasNothingToDoWithItIsNotPutDownToIt(String alert) {
    String neutral = "the peer broke it off (alert " + alert + "); its log may say why";

    assertSaid(alert, askedFor(ClientIdentity.none(), RSA), neutral);
    assertSaid(alert, askedFor(rsaClient(), RSA), neutral);
    assertSaid(alert, ClientIdentity.none(), neutral);
  }

  @Test
  void whoHasOneThatTheServerCannotTakeIsToldSo() {
    assertSaid(
        "certificate_required",
        askedFor(rsaClient(), EC),
        "another kind than ours, which is RSA (alert certificate_required); give another");
  }

  @Test
  void anAlertAboutACertificateIsAboutTheOneThatWasShown() {
    assertSaid("unknown_ca", askedFor(rsaClient(), RSA), "refuses our certificate: it does not");
    assertSaid("certificate_expired", askedFor(ClientIdentity.none(), RSA), "broke it off");
    assertSaid("unknown_ca", rsaClient(), "the peer broke it off");
  }

  @Test
  void aConnectionThatBreaksIsPutDownToOursOnlyWhereItWasAskedFor() {
    String reset = "Connection reset";

    assertTrue(broken(askedFor(rsaClient(), RSA), reset).contains("refuses our certificate"));
    assertTrue(broken(askedFor(ClientIdentity.none(), RSA), reset).contains("without one"));
    assertFalse(broken(rsaClient(), reset).contains("certificate"));
  }

  private static ClientIdentity rsaClient() {
    return ClientIdentity.read(
        PemFile.read("--cert", Certificates.CLIENT.certificateFile()),
        PemFile.read("--key", Certificates.CLIENT.keyFile()));
  }

  private static ClientIdentity askedFor(ClientIdentity identity, String[] keyTypes) {
    identity.chooseEngineClientAlias(keyTypes, null, null);
    return identity;
  }

  private static void assertSaid(String alert, ClientIdentity identity, String said) {
    Exception received = new SSLHandshakeException("Received fatal alert: " + alert);
    String message = TlsFailure.of(received, identity, true).getMessage();
    assertTrue(message.contains(said), message);
  }

  private static String broken(ClientIdentity identity, String why) {
    return TlsFailure.of(new IOException(why), identity, true).getMessage();
  }
}
