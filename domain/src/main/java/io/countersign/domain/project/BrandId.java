package io.countersign.domain.project;

/** A sender identity inside a project. */
public record BrandId(int value) {}
