/** Messages on their way out: composing mails, the queue, handing them over by SMTP, and the mail catcher. */
package io.countersign.server.message;
