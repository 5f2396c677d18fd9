/** The client's entry point: reads the command line and hands over to one command. */
package io.sounder.client;
