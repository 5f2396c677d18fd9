/** The command {@code time}: asks a time server of RFC 868. */
package io.sounder.client.time;
