/** Texts of campaigns: written once, compiled once, filled for each recipient. */
package io.countersign.server.template;
