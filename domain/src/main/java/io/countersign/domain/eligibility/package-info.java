/** May this message go to this person now, and if not, why not. */
package io.countersign.domain.eligibility;
