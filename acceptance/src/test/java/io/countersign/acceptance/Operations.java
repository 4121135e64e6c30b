package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import io.countersign.acceptance.OperationSetUp.Point;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/** Calls operations as one integration does. */
record Operations(Api api, Point point) {
    private static final String JSON = "application/json";

    /** Synchronously; the answer says {@code Success}. */
    JsonNode call(String operation, Body body) throws IOException {
        Answer answer = sync(operation, body);
        assertThat(answer.status()).as(operation + ": " + answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).as(operation + " " + body + ": " + answer.text())
                .isEqualTo("Success");
        return answer.json();
    }

    Answer sync(String operation, Body body) throws IOException {
        return api.send(request("sync", operation, "").POST(BodyPublishers.ofString(body.toString())));
    }

    /** With further parameters of the query, such as {@code &transactionId=...}. */
    Answer sync(String operation, String more, Body body) throws IOException {
        return api.send(request("sync", operation, more).POST(BodyPublishers.ofString(body.toString())));
    }

    /** As from this address of the customer. */
    Answer from(String address, String operation, Body body) throws IOException {
        return api.send(request("sync", operation, "").header("X-Customer-IP", address)
                .POST(BodyPublishers.ofString(body.toString())));
    }

    Answer async(String operation, String more, Body body) throws IOException {
        return api.send(request("async", operation, more).POST(BodyPublishers.ofString(body.toString())));
    }

    /** With the integration's key and JSON both ways; to be completed by the caller. */
    HttpRequest.Builder request(String way, String operation, String more) {
        return unauthorized(way, operation, more).header("Authorization", "SecretKey " + point.key())
                .header("Content-Type", JSON).header("Accept", JSON);
    }

    HttpRequest.Builder unauthorized(String way, String operation, String more) {
        return api.request("/v3/operations/" + way + "?endpointId=" + point.slug + "&operation=" + operation + more);
    }
}
