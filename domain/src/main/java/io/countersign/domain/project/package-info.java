/** What a project has decided: the switches and limits that the rules read. */
package io.countersign.domain.project;
