/** Challenges: what was sent to be answered, and when more may be sent. */
package io.countersign.domain.confirmation;
