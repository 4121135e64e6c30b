package io.countersign.server.project;

/** A switch per type of contact. */
public record ContactFlags(boolean email, boolean mobile) {}
