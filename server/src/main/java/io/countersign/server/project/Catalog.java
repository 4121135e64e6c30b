package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All set-up at one moment, immutable and in memory. Lists are in the order of creation. */
public final class Catalog {
    private final Parts parts;
    private final Map<ProjectId, Project> projects;
    private final Map<String, Project> projectSlugs;
    private final Map<Within, Brand> brands;
    private final Map<Within, Brand> brandSlugs;
    private final Map<Within, Topic> topics;
    private final Map<Within, Topic> topicSlugs;
    private final Map<Within, Integration> integrations;
    private final Map<String, Integration> integrationSlugs;
    private final Map<Within, Operation> operations;
    private final Set<String> sites;
    private final Map<String, Form> forms;
    private final Map<ProjectId, List<Brand>> brandsOf;
    private final Map<Within, List<Topic>> topicsOf;
    private final Map<ProjectId, List<Integration>> integrationsOf;
    private final Map<Within, List<Operation>> operationsOf;
    private final Map<ProjectId, List<Form>> formsOf;

    Catalog(Parts parts) {
        this.parts = parts;
        this.projects = index(parts.projects, Project::id);
        this.projectSlugs = index(parts.projects, Project::slug);
        this.brands = index(parts.brands, b -> new Within(b.project(), b.id()));
        this.brandSlugs = index(parts.brands, b -> new Within(b.project(), b.slug()));
        this.topics = index(parts.topics, t -> new Within(t.project(), t.id()));
        this.topicSlugs = index(parts.topics, t -> new Within(t.project(), new InBrand(t.brand(), t.slug())));
        this.integrations = index(parts.integrations, i -> new Within(i.project(), i.id()));
        this.integrationSlugs = index(parts.integrations, Integration::slug);
        this.operations = index(parts.operations,
                o -> new Within(o.project(), new Named(o.integration(), o.name().toLowerCase(Locale.ROOT))));
        this.sites = parts.integrations.stream().filter(Integration::active).flatMap(i -> i.sites().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.forms = index(parts.forms, Form::id);
        this.brandsOf = group(parts.brands, Brand::project);
        this.topicsOf = group(parts.topics, t -> new Within(t.project(), t.brand()));
        this.integrationsOf = group(parts.integrations, Integration::project);
        this.operationsOf = group(parts.operations, o -> new Within(o.project(), o.integration()));
        this.formsOf = group(parts.forms, Form::project);
    }

    /** What a catalog is made of. */
    record Parts(long version, List<Project> projects, List<Brand> brands, List<Topic> topics,
                 List<Integration> integrations, List<Operation> operations, List<Form> forms,
                 Map<String, Provider> providers) {}

    private record Within(ProjectId project, Object key) {}

    private record Named(IntegrationId integration, String name) {}

    private record InBrand(BrandId brand, String slug) {}

    /** Counts the changes of set-up on this database. */
    public long version() {
        return parts.version;
    }

    public List<Project> projects() {
        return parts.projects;
    }

    public Optional<Project> project(ProjectId id) {
        return Optional.ofNullable(projects.get(id));
    }

    public Optional<Project> project(String slug) {
        return Optional.ofNullable(projectSlugs.get(slug));
    }

    public List<Brand> brands(ProjectId project) {
        return brandsOf.getOrDefault(project, List.of());
    }

    public Optional<Brand> brand(ProjectId project, BrandId id) {
        return Optional.ofNullable(brands.get(new Within(project, id)));
    }

    public Optional<Brand> brand(ProjectId project, String slug) {
        return Optional.ofNullable(brandSlugs.get(new Within(project, slug)));
    }

    /** The live topics of a brand; deleted ones are nowhere in a catalog. */
    public List<Topic> topics(ProjectId project, BrandId brand) {
        return topicsOf.getOrDefault(new Within(project, brand), List.of());
    }

    public Optional<Topic> topic(ProjectId project, TopicId id) {
        return Optional.ofNullable(topics.get(new Within(project, id)));
    }

    public Optional<Topic> topic(ProjectId project, BrandId brand, String slug) {
        return Optional.ofNullable(topicSlugs.get(new Within(project, new InBrand(brand, slug))));
    }

    public List<Integration> integrations(ProjectId project) {
        return integrationsOf.getOrDefault(project, List.of());
    }

    public Optional<Integration> integration(ProjectId project, IntegrationId id) {
        return Optional.ofNullable(integrations.get(new Within(project, id)));
    }

    /** Slugs of integrations are unique per server. */
    public Optional<Integration> integration(String slug) {
        return Optional.ofNullable(integrationSlugs.get(slug));
    }

    /** The operations of an integration, by name. */
    public List<Operation> operations(ProjectId project, IntegrationId integration) {
        return operationsOf.getOrDefault(new Within(project, integration), List.of());
    }

    /** Upper and lower case are the same in names of operations. */
    public Optional<Operation> operation(Integration integration, String name) {
        return Optional.ofNullable(operations.get(new Within(integration.project(),
                new Named(integration.id(), name.toLowerCase(Locale.ROOT)))));
    }

    /** Whether any active integration lists this origin as a site of its own. */
    public boolean isSite(String origin) {
        return sites.contains(origin);
    }

    public List<Form> forms(ProjectId project) {
        return formsOf.getOrDefault(project, List.of());
    }

    /** Ids of forms are unique per server. */
    public Optional<Form> form(String id) {
        return Optional.ofNullable(forms.get(id));
    }

    public Optional<Provider> emailProvider() {
        return Optional.ofNullable(parts.providers.get("email"));
    }

    public Optional<Provider> smsProvider() {
        return Optional.ofNullable(parts.providers.get("sms"));
    }

    private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    private static <K, V> Map<K, List<V>> group(Collection<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.groupingBy(key, Collectors.toUnmodifiableList()));
    }
}
