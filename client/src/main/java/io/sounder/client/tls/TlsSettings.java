package io.sounder.client.tls;

import java.nio.file.Path;

/**
 * What the flags say about TLS.
 *
 * @param authorities a PEM file of whom to trust; null for this Java's trust store
 * @param certificate a PEM file of who we are; null for nobody
 * @param key its key; null without a certificate
 * @param insecure whether everybody is trusted
 * @param serverName asked for, and verified; null for the target's host
 */
public record TlsSettings(
    Path authorities, Path certificate, Path key, boolean insecure, String serverName) {
  /** This Java's trust store, and no certificate of ours. */
  public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false, null);
}
