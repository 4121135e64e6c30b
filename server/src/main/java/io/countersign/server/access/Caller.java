package io.countersign.server.access;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Integration;
import java.util.List;

/** Who a request comes from. Everything it may see belongs to its project. */
public sealed interface Caller {
    ProjectId project();

    /**
     * The brand that is meant where none is named (BR2): an integration's own, or the only one of the project;
     * {@link Problem#MISSING_FIELD} where there are several.
     */
    default Brand requiredBrand(Catalog catalog) {
        List<Brand> brands = catalog.brands(project());
        return switch (this) {
            case OfIntegration(_, Integration integration, _) ->
                    catalog.brand(project(), integration.brand()).orElseThrow();
            case OfOperator _ when brands.size() == 1 -> brands.getFirst();
            case OfOperator _ -> throw new ProblemException(Problem.MISSING_FIELD,
                    "The project has several brands: say which one is meant.", "brand");
        };
    }

    /** @param test whether it came with a test key, which may do less */
    record OfIntegration(ProjectId project, Integration integration, boolean test) implements Caller {}

    record OfOperator(ProjectId project, String email, Role role) implements Caller {}

    /** What an operator may do: everything, change customers and content, or look. */
    enum Role {
        OWNER, EDITOR, VIEWER
    }
}
