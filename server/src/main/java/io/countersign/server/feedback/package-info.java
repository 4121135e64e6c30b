/** What comes back about messages: bounces, complaints, requests to leave and answers, by whatever way. */
package io.countersign.server.feedback;
