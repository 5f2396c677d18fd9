/** The command {@code demo}: a server as a child process, and a load against it. */
package io.sounder.client.demo;
