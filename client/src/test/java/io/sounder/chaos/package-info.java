/**
 * Our client and our service with a network between them that fails: what arrives is an exact
 * beginning of what should, the client says what is missing, and the service forgets nobody. All
 * that happens follows from a seed.
 */
package io.sounder.chaos;
