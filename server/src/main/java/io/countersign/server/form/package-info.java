/** Sign-up forms: the endpoint for other sites, and the hosted page. */
package io.countersign.server.form;
