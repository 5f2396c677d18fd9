/** What single parts of the server, the protocol and the client cost, by JMH; no sockets. */
package io.sounder.bench.micro;
