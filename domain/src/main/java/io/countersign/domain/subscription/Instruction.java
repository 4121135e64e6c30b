package io.countersign.domain.subscription;

/** What a caller, file, page or person asks for at a node. */
public enum Instruction { SUBSCRIBE, UNSUBSCRIBE, AWAIT_CONFIRMATION }
