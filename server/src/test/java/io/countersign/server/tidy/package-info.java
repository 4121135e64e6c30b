/** What the sources and pages of the whole project must look like; reads them as text, runs none of them. */
package io.countersign.server.tidy;
