/** The set-up: projects, brands, topics, integrations, forms, providers; how it is provisioned and read. */
package io.countersign.server.project;
