package io.sounder.client.net;

import io.sounder.client.fixture.Certificates;
import io.sounder.client.tls.TlsContext;
import io.sounder.client.tls.TlsSettings;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.util.Map;

/** Connects to the tests' servers over TLS. */
final class TlsClient {
  /** Trusts the tests' authority. */
  static final TlsSettings TRUSTING =
      new TlsSettings(Certificates.CA.certificateFile(), null, null, false, null);

  /** The same, and shows a certificate to whoever asks. */
  static final TlsSettings WITH_CERTIFICATE =
      new TlsSettings(
          Certificates.CA.certificateFile(),
          Certificates.CLIENT.certificateFile(),
          Certificates.CLIENT.keyFile(),
          false,
          null);

  private TlsClient() {}

  static StreamConnection connect(String target) {
    return connect(target, Dialer.standard(wiring(target, TRUSTING)));
  }

  static StreamConnection connect(String target, Dialer dialer) {
    return dialer.connect(TargetSpec.parse(target));
  }

  static Wiring wiring(String target, TlsSettings settings) {
    String host = TargetSpec.parse(target).endpoint().host();
    return new Wiring(TlsContext.create(settings, host), null, Map.of());
  }

  static Deadline patience() {
    return Deadline.after(NanoClock.SYSTEM, 10_000_000_000L);
  }
}
