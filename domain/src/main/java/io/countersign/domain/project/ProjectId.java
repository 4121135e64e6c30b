package io.countersign.domain.project;

/** A tenant: nothing crosses it. */
public record ProjectId(int value) {}
