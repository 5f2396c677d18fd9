/**
 * Who asks too often: limits per source in bounded memory, and packet loops. Everything here
 * decides, and touches nothing: no threads, no sockets, no clocks, no log.
 */
package io.sounder.server.guard;
