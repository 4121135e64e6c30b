/** Reasons never to send to a contact point: lifted, never deleted. */
package io.countersign.server.suppression;
