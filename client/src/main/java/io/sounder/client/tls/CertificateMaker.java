package io.sounder.client.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes X.509 certificates (RFC 5280, section 4.1) for servers that live no longer than this
 * process. The JDK has a program for that, which takes a second for each, and no API.
 */
public final class CertificateMaker {
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");
  private static final byte[] BASIC_CONSTRAINTS = hex("0603551d13");
  private static final byte[] TRUE = hex("0101ff");
  private static final byte[] SHA256_WITH_RSA = hex("300d06092a864886f70d01010b0500");
  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final AtomicInteger SERIALS = new AtomicInteger();

  private CertificateMaker() {}

  /**
   * A certificate.
   *
   * @param keys whose public key it is about, RSA or EC
   * @param subject the common name of whom it is for
   * @param names hosts that it is for; those that begin with a digit are addresses in hexadecimal,
   *     of 4 or 16 bytes
   * @param isAuthority whether it may sign others
   * @param issuer the common name of who signs it; the subject, if it signs itself
   */
  public static X509Certificate make(
      KeyPair keys,
      String subject,
      List<String> names,
      boolean isAuthority,
      Instant from,
      Instant to,
      String issuer,
      PrivateKey issuerKey)
      throws GeneralSecurityException {
    boolean rsa = issuerKey.getAlgorithm().equals("RSA");
    byte[] algorithm = rsa ? SHA256_WITH_RSA : ECDSA_WITH_SHA256;
    byte[] body =
        der(
            SEQUENCE,
            der(VERSION, der(INTEGER, new byte[] {2})),
            der(INTEGER, BigInteger.valueOf(SERIALS.incrementAndGet()).toByteArray()),
            algorithm,
            name(issuer),
            der(SEQUENCE, time(from), time(to)),
            name(subject),
            keys.getPublic().getEncoded(),
            der(EXTENSIONS, der(SEQUENCE, constraints(isAuthority), alternatives(names))));
    Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(issuerKey);
    signature.update(body);
    byte[] whole =
        der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[] {0}, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] name(String commonName) {
    byte[] text = commonName.getBytes(StandardCharsets.UTF_8);
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, text))));
  }

  private static byte[] time(Instant moment) {
    return der(UTC_TIME, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] constraints(boolean isAuthority) {
    byte[] value = isAuthority ? der(SEQUENCE, TRUE) : der(SEQUENCE);
    return der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTET_STRING, value));
  }

  private static byte[] alternatives(List<String> names) {
    if (names.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.writeBytes(
          Character.isDigit(name.charAt(0))
              ? der(IP_ADDRESS, hex(name))
              : der(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] value = der(SEQUENCE, all.toByteArray());
    return der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, value));
  }

  /** Tag, length and contents (X.690, section 8.1). */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      contents.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = contents.size();
    if (length >= 0x100) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length >= 0x80) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(contents.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
