package io.countersign.server.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.testing.CommittedPage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ErrorsReferenceTest {
    @Test
    void thePageIsTheListOfProblems() {
        new CommittedPage("errors.md", "Errors", getClass())
                .paragraph("""
                        An error of `/v1` is a document of the type `application/problem+json` (RFC 9457).
                        The forms endpoint tells the same codes in its own shape, and people's pages tell
                        them in words. Programs compare `code`: it is never changed and never used again
                        for something else.""")
                .code("json", """
                        {"type":"/docs/problems#invalid_value","title":"A value is not valid","status":400,
                         "code":"invalid_value","detail":"email is not an email address.","field":"email"}""")
                .paragraph("""
                        `title` is the same for every occurrence, `detail` speaks about this one, `field`
                        names the field that is meant, where one is. *Retry* says whether the same request
                        may succeed later without anybody changing anything; `Retry-After` tells how long
                        to wait where that is known.""")
                .table(List.of("Code", "Status", "Title", "Who must act", "Retry"),
                Arrays.stream(Problem.values())
                        .sorted(Comparator.comparingInt(Problem::status).thenComparing(Problem::code))
                        .map(ErrorsReferenceTest::row).toList())
                .paragraph("""
                        *Caller*: the request must be different. *Operator*: whoever runs the server must
                        act, or the load must go down. *Us*: a fault of Countersign; the member `fault`
                        names the entry of the log.""")
                .mustBeCommitted();
    }

    private static List<String> row(Problem problem) {
        return List.of("<a id=\"" + problem.code() + "\"></a>`" + problem.code() + "`",
                Integer.toString(problem.status()), problem.title(), problem.actor().name()
                .toLowerCase(Locale.ROOT),
                problem.retryable() ? "yes" : "no");
    }

    @Test
    void everyProblemSaysOnceWhatItIs() {
        assertThat(Problem.values()).extracting(Problem::title).doesNotHaveDuplicates();
        assertThat(Problem.values()).allSatisfy(problem -> assertThat(problem.status()).isBetween(400, 599));
    }
}
