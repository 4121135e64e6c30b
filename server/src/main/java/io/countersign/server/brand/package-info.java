/** Brands and their topics as operators set them up, and what switching double opt-in would change. */
package io.countersign.server.brand;
