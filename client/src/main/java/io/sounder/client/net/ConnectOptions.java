package io.sounder.client.net;

import io.sounder.client.cli.Console;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.tls.TlsContext;
import io.sounder.client.tls.TlsSettings;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.proxy.ProxyHeaderWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say what connections begin with: TLS and PROXY headers. */
public final class ConnectOptions {
  /** Of the section of a command's help that they are in. */
  public static final String HEADING = "%nWhat connections begin with:%n";

  private static final String CA = "--ca";
  private static final String CERT = "--cert";
  private static final String KEY = "--key";
  private static final String INSECURE = "--insecure";
  private static final String SNI = "--sni";
  private static final String PROXY_PROTOCOL = "--proxy-protocol";

  @Option(
      names = CA,
      paramLabel = "FILE",
      description = "tls: trust the authorities in this PEM file, in place of Java's.")
  Path authorities;

  @Option(
      names = CERT,
      paramLabel = "FILE",
      description = "tls: our certificate (PEM, its chain behind it), for servers that ask.")
  Path certificate;

  @Option(names = KEY, paramLabel = "FILE", description = "tls: its key (PEM, PKCS#8, RSA or EC).")
  Path key;

  @Option(names = INSECURE, description = "tls: do not verify the server's certificate.")
  boolean insecure;

  @Option(
      names = SNI,
      paramLabel = "NAME",
      description = "tls: ask for this name and verify it, in place of TARGET's host.")
  String serverName;

  @Option(
      names = PROXY_PROTOCOL,
      paramLabel = "v1|v2",
      description = "Begin each connection with a PROXY header, of its own addresses.")
  String proxyProtocol;

  /**
   * Reads the files that are named, and says on stderr if nothing is verified.
   *
   * @throws UsageException if the flags do not go together or with the target, or a file cannot be
   *     used
   */
  public Wiring wiring(TargetSpec target, Console console) {
    check(target);
    Scheme scheme = target.endpoint().scheme();
    ProxyHeaderWriter header = header(scheme);
    if (scheme != Scheme.TLS) {
      return header == null ? Wiring.PLAIN : new Wiring(null, header, settings());
    }
    TlsSettings tls = new TlsSettings(authorities, certificate, key, insecure, serverName);
    TlsContext context = TlsContext.create(tls, target.endpoint().host());
    if (insecure) {
      console
          .err()
          .println(
              "sounder: "
                  + INSECURE
                  + ": the certificate of "
                  + target.endpoint()
                  + " is NOT verified; whoever answers there may be anybody");
    }
    return new Wiring(context, header, settings());
  }

  /**
   * Checks that the flags go together and with the target, and reads nothing.
   *
   * @throws UsageException if they do not
   */
  public void check(TargetSpec target) {
    Scheme scheme = target.endpoint().scheme();
    header(scheme);
    String given =
        authorities != null
            ? CA
            : certificate != null
                ? CERT
                : key != null ? KEY : insecure ? INSECURE : serverName != null ? SNI : "";
    if (scheme != Scheme.TLS && !given.isEmpty()) {
      throw new UsageException(
          given + " is for tls:// targets, and this one is " + scheme.text() + "://");
    }
    if ((certificate == null) != (key == null)) {
      throw new UsageException(
          certificate == null
              ? KEY + " needs the certificate too; give " + CERT
              : CERT + " needs its key too; give " + KEY);
    }
    if (insecure && authorities != null) {
      throw new UsageException(
          CA + " does not go with " + INSECURE + ", under which nothing is verified");
    }
  }

  private ProxyHeaderWriter header(Scheme scheme) {
    if (proxyProtocol == null) {
      return null;
    }
    if (scheme == Scheme.UDP) {
      throw new UsageException(
          PROXY_PROTOCOL + " does not go with udp, which has no connections to begin");
    }
    return switch (proxyProtocol) {
      case "v1" -> ProxyHeaderWriter.V1;
      case "v2" -> ProxyHeaderWriter.V2;
      default ->
          throw new UsageException(
              PROXY_PROTOCOL + ": '" + proxyProtocol + "' is no version; allowed are v1 and v2");
    };
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    put(settings, CA, authorities);
    put(settings, CERT, certificate);
    put(settings, SNI, serverName);
    put(settings, INSECURE, insecure ? "yes" : null);
    put(settings, PROXY_PROTOCOL, proxyProtocol);
    return settings;
  }

  private static void put(Map<String, Object> settings, String flag, Object value) {
    if (value != null) {
      settings.put(flag.substring(2), value.toString());
    }
  }
}
