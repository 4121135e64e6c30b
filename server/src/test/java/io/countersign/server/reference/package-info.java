/** Reference pages that are written from the code. */
package io.countersign.server.reference;
