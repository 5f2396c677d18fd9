/**
 * What all commands share at the command line: the console, the values of options, and errors in
 * one line. No sockets here.
 */
package io.sounder.client.cli;
