package io.countersign.domain.project;

/** A named way in. */
public record IntegrationId(int value) {}
