/**
 * Whom a TLS client trusts, who it says that it is, and what went wrong, in words. Files, keys and
 * certificates; no sockets.
 */
package io.sounder.client.tls;
