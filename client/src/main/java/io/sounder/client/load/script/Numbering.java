package io.sounder.client.load.script;

/**
 * How the requests of a run are numbered, from 1: by turns over the connections, so that each
 * number is there once, and says which request it is. With 10 connections the first has 1, 11, 21,
 * and so on.
 *
 * @param run tells this run from others
 * @param connections how many take turns
 */
public record Numbering(int run, int connections) {
  /** The number of a request. */
  long number(int connection, long sequence) {
    return sequence * connections + connection + 1;
  }

  /** The connection on which the request of this number is sent. */
  int connection(long number) {
    return (int) ((number - 1) % connections);
  }

  /** Which request of its connection it is, from 0. */
  long sequence(long number) {
    return (number - 1) / connections;
  }
}
