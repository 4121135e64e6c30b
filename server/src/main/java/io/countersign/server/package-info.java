/** The program: commands, and the server put together. */
package io.countersign.server;
