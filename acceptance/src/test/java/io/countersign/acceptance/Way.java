package io.countersign.acceptance;

/** Operations by which a contact comes in. */
enum Way {
    REGISTER("Register"),
    IMPORT("Import"),
    EDIT("Edit"),
    APPEND("Append"),
    REGISTER_OR_APPEND("RegisterOrAppend");

    final String operation;

    Way(String operation) {
        this.operation = operation;
    }
}
