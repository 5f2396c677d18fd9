/**
 * What an installation has beside the programs, written from what their command lines say of
 * themselves: the manual's pages, and completions for shells. Never shipped itself.
 */
package io.sounder.packaging;
