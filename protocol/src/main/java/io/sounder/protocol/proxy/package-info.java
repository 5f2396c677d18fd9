/**
 * The PROXY protocol, versions 1 and 2: the header with which a proxy says for whom it speaks,
 * before anything else on a connection. Bytes and addresses as bytes; no sockets.
 *
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">its specification</a>
 */
package io.sounder.protocol.proxy;
