/**
 * The search for the highest rate at which a service keeps its objectives: which rate to try next,
 * and when to be content. Pure: it is told how each step ended, and runs nothing itself.
 */
package io.sounder.client.load.search;
