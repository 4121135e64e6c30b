package io.countersign.server.offer;

/**
 * A supply of promo codes.
 *
 * @param free   codes that nobody has yet
 * @param issued codes that were given out
 */
record Pool(int id, String slug, String name, long free, long issued) {}
