/** The customer as a whole: commands, what they do to everybody concerned, disputes and merging. */
package io.countersign.domain.customer;
