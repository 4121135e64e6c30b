/** The second step of double opt-in, as the holder of the link sees it. */
package io.countersign.server.confirmation;
