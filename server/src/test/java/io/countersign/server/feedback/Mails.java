package io.countersign.server.feedback;

import java.util.List;
import java.util.UUID;

/** Mails as mail servers and mail clients write them. */
final class Mails {
    private Mails() {}

    /** A delivery report of RFC 3464 about one recipient. */
    static String report(String to, String recipient, String action, String status) {
        return report(to, "Final-Recipient: rfc822; %s\nAction: %s\nStatus: %s\nDiagnostic-Code: smtp; 550 no\n"
                .formatted(recipient, action, status), "Message-ID: <unknown@elsewhere.test>\n");
    }

    static String report(String to, String recipients, String returnedHeaders) {
        return lines("""
                Return-Path: <>
                From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
                To: %s
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <20260102030405.1@mx.example.org>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b1/mx"

                This is a MIME-encapsulated message.

                --b1/mx
                Content-Type: text/plain; charset=us-ascii

                I am sorry.

                --b1/mx
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org
                Arrival-Date: Fri, 2 Jan 2026 03:04:05 +0000

                %s
                --b1/mx
                Content-Type: text/rfc822-headers

                %s
                --b1/mx--
                """.formatted(to, recipients, returnedHeaders));
    }

    /** A complaint of RFC 5965. */
    static String complaint(String type, String fields, UUID message) {
        return lines("""
                From: <abuse@isp.example>
                To: <fbl@acme.test>
                Subject: FW: Hello
                Message-ID: <fbl.1@isp.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="part"

                --part
                Content-Type: text/plain

                This is an email abuse report.

                --part
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: SomeGenerator/1.0
                Version: 1
                %s
                --part
                Content-Type: message/rfc822

                From: <hello@acme.test>
                To: <somebody@isp.example>
                Subject: Hello
                Message-ID: <%s@acme.test>

                Hello

                --part--
                """.formatted(type, fields, message));
    }

    /** What a mail client sends for an address of List-Unsubscribe, or a program that answers it. */
    static String plain(String to, String subject, String... headers) {
        return lines("From: Ann <ann@example.org>\nTo: <%s>\nSubject: %s\nMessage-ID: <client.%s@example.org>\n%s\n\n."
                .formatted(to, subject, Math.abs(subject.hashCode()), String.join("\n", List.of(headers)))
                .replace("\n\n\n", "\n\n"));
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }
}
