package io.countersign.server.project;

import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.BrandStore.LiveCampaign;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes brands and topics one at a time. Each change is a small file of set-up, so that the same readers check it and
 * the same writers write it; it is in the current catalog of this node when a method returns. What is wrong with it is
 * {@link SetupRefused}.
 */
public final class Brands {
    private static final String PLACE = "projects[0].brands[0].";
    /** What an empty text takes away, where null comes from outside. */
    private static final Set<String> REMOVABLE = Set.of("messages_per_day", "postal_address", "landing_url",
            "accent_color", "logo_url", "return_domain");

    private static final Map<Channel, String> SWITCHES = Map.of(Channel.EMAIL, "email", Channel.SMS, "sms");

    private final Catalogs catalogs;
    private final Provisioning provisioning;

    public Brands(Catalogs catalogs, Provisioning provisioning) {
        this.catalogs = catalogs;
        this.provisioning = provisioning;
    }

    /** Makes a brand, in the words of a file; opt-in is off unless said otherwise (BR1). False when there is one. */
    public boolean create(ProjectId project, String slug, ObjectNode said) {
        return apply(tx -> BrandStore.find(tx, project, slug).isEmpty(), project, slug, said, PLACE);
    }

    /**
     * Brings a brand to what is named of it; the rest stays, and no customer's status changes (ON2, OFF3).
     *
     * @throws ProblemException {@link Problem#LIVE_OPT_IN_CAMPAIGNS} when they are in the way of switching off
     */
    public void change(Brand brand, ObjectNode named) {
        List<Channel> off = switchedOff(named);
        apply(tx -> requireNone(BrandStore.inTheWay(tx, brand.project(), brand.id(), off)), brand.project(),
                brand.slug(), named, PLACE);
    }

    /** Makes a topic; false when there is one of this slug. */
    public boolean createTopic(Brand brand, String slug, ObjectNode said) {
        return putTopic(tx -> BrandStore.findTopic(tx, brand, slug).isEmpty(), brand, slug, said);
    }

    /** Brings a topic to what is named of it; false when it is gone. */
    public boolean changeTopic(Brand brand, String slug, ObjectNode named) {
        return putTopic(tx -> BrandStore.findTopic(tx, brand, slug).isPresent(), brand, slug, named);
    }

    private boolean putTopic(Provisioning.Condition condition, Brand brand, String slug, ObjectNode named) {
        var said = Json.object();
        said.putArray("topics").addObject().setAll(named).put("slug", slug);
        return apply(condition, brand.project(), brand.slug(), said, PLACE + "topics[0].");
    }

    private boolean apply(Provisioning.Condition condition, ProjectId project, String slug, ObjectNode said,
                          String place) {
        var file = Json.object();
        ObjectNode brand = said.deepCopy().put("slug", slug);
        emptied(brand);
        file.putArray("projects").addObject()
                .put("slug", catalogs.current().project(project).orElseThrow().slug())
                .putArray("brands").add(brand);
        try {
            return provisioning.applyIf(condition, ProvisionFile.parse("request", Json.write(file))).isPresent();
        } catch (ProvisionException e) {
            throw new SetupRefused(e.first(), place);
        }
    }

    private static void emptied(ObjectNode node) {
        for (String name : Set.copyOf(node.propertyNames())) {
            if (node.get(name) instanceof ObjectNode inner) {
                emptied(inner);
            } else if (node.get(name).isNull() && REMOVABLE.contains(name)) {
                node.put(name, "");
            }
        }
    }

    private static List<Channel> switchedOff(ObjectNode named) {
        return SWITCHES.keySet().stream().filter(channel -> named.path("double_opt_in").path(SWITCHES.get(channel))
                .asString("").equals("false")).toList();
    }

    /** The writer of files would refuse as well; here the refusal has a code and lists the campaigns. */
    private static boolean requireNone(Map<Channel, List<LiveCampaign>> inTheWay) {
        inTheWay.forEach((channel, live) -> {
            throw refused(SWITCHES.get(channel), live);
        });
        return true;
    }

    private static ProblemException refused(String key, List<LiveCampaign> live) {
        return new ProblemException(Problem.LIVE_OPT_IN_CAMPAIGNS, "These campaigns are sent only to those who await"
                + " confirmation: " + names(live) + ". Give them another profile, or delete them.",
                "double_opt_in." + key).with("campaigns", documents(live));
    }

    /** Their slugs, in a sentence. */
    public static String names(List<LiveCampaign> live) {
        return live.stream().map(LiveCampaign::slug).collect(Collectors.joining(", "));
    }

    /** Campaigns as problems and previews list them. */
    public static List<ObjectNode> documents(List<LiveCampaign> live) {
        return live.stream().map(campaign -> Json.object().put("slug", campaign.slug()).put("name", campaign.name())
                .put("state", campaign.state())).toList();
    }
}
