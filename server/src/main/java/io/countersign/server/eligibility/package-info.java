/** May this message go to this person now, and if not, why not: asked and answered. */
package io.countersign.server.eligibility;
