/**
 * The pages that people see: template engine, languages, look, static files, error pages. Knows no
 * feature.
 */
package io.countersign.server.platform.pages;
