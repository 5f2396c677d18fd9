/** The service's entry point: reads the command line and wires the parts together. */
package io.sounder.server;
