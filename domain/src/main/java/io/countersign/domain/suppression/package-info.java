/** Reasons never to send to a contact. */
package io.countersign.domain.suppression;
