package io.countersign.server.eligibility;

import io.countersign.domain.subscription.Channel;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.eligibility.Eligibility.Answer;
import io.countersign.server.eligibility.EligibilityReader.About;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/eligibility}: for one contact by GET, for up to 10,000 by POST; both may ask about the past. */
public final class EligibilityRoutes {
    private static final String CALLERS = "key or operator";
    /** 10,000 contacts of 320 characters, which may be escaped, and what stands around them. */
    private static final long LARGEST_BODY = 8 * 1024 * 1024;

    private final Catalogs catalogs;
    private final Eligibility eligibility;
    private final EligibilityReader reader;

    private EligibilityRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.eligibility = parts.eligibility();
        this.reader = new EligibilityReader(parts.eligibility(), parts.clock());
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Eligibility eligibility, InstantSource clock, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new EligibilityRoutes(parts);
        return List.of(
                Route.get("/v1/eligibility", CALLERS, "May a message go to this contact, now or at a past moment",
                        parts.guard().callers(routes::answer)),
                Route.post("/v1/eligibility", CALLERS, "The same for up to 10,000 contacts",
                        parts.guard().callers(routes::answers)).withMaxBody(LARGEST_BODY));
    }

    private Reply answer(Request request, Caller caller) {
        Query query = EligibilityReader.query(request);
        About about = reader.about(catalogs.current(), query, caller);
        Whom whom = EligibilityReader.whom(query, about);
        Channel channel = EligibilityReader.channel(about, whom);
        return Reply.json(EligibilityDocument.of(about, channel, eligibility.check(about.question(channel), whom)));
    }

    private Reply answers(Request request, Caller caller) throws IOException {
        Members body = EligibilityReader.body(request);
        About about = reader.about(catalogs.current(), body, caller);
        List<Whom> whom = EligibilityReader.whom(body, about);
        var byChannel = new EnumMap<Channel, List<Integer>>(Channel.class);
        IntStream.range(0, whom.size()).forEach(i -> byChannel
                .computeIfAbsent(EligibilityReader.channel(about, whom.get(i)), _ -> new ArrayList<>()).add(i));
        var documents = new ObjectNode[whom.size()];
        byChannel.forEach((channel, places) -> {
            List<Answer> answers = eligibility.check(about.question(channel), places.stream().map(whom::get).toList());
            IntStream.range(0, places.size()).forEach(i ->
                    documents[places.get(i)] = EligibilityDocument.of(about, channel, answers.get(i)));
        });
        ObjectNode answer = Json.object();
        answer.putArray("results").addAll(List.of(documents));
        return Reply.json(answer);
    }
}
