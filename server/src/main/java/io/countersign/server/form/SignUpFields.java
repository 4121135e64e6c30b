package io.countersign.server.form;

/**
 * The fields of the sign-up page as its template prints them.
 *
 * @param emailProblem the message at the field, or null
 * @param firstNameProblem the message at the field, or null
 */
public record SignUpFields(
        String email,
        String emailProblem,
        String firstName,
        String firstNameProblem,
        String topics,
        String wording) {}
