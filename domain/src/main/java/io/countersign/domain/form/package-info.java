/** Sign-up forms and the confirmation page (source 002). */
package io.countersign.domain.form;
