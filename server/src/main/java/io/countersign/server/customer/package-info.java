/** Customers: the one door through which they change, and how they are shown. */
package io.countersign.server.customer;
