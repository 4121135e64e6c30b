/** Challenges, their tickets, and the page on which they are answered. */
package io.countersign.server.confirmation;
