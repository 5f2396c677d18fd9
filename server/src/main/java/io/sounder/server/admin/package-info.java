/** The admin port: health and counters over HTTP, on threads of its own. */
package io.sounder.server.admin;
