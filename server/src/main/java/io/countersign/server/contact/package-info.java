/** Contact points: stored, shown, normalised. */
package io.countersign.server.contact;
