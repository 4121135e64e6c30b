package io.countersign.server.platform.pages;

/**
 * One file as it goes to a browser.
 *
 * @param name what follows {@code /static/}
 * @param etag quoted, as the header wants it
 */
public record StaticFile(String name, byte[] bytes, String contentType, String etag, String cacheControl) {}
