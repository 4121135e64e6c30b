package io.countersign.server.template;

import io.countersign.server.text.TextParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All parameters as rows of a page. */
final class ParameterList {
    /** One row. */
    record Row(String written, String kind) {}

    private ParameterList() {}

    static List<Row> all() {
        var rows = new ArrayList<Row>();
        Parameters.ROOT.members().forEach((name, type) -> add(rows, name, type));
        rows.sort(Comparator.comparing(Row::written));
        return List.copyOf(rows);
    }

    private static void add(List<Row> rows, String path, Type type) {
        switch (type) {
            case Type.Group group -> {
                group.members().forEach((name, member) -> add(rows, path + "." + name, member));
                group.others().ifPresent(other -> add(rows, path + ".NAME", other));
            }
            case Type.Method(Type.Argument argument, Type result) -> add(rows, path + switch (argument) {
                case POOL -> "{POOL}";
                case MINUTES -> "(MINUTES)";
                case DAYS -> "(DAYS)";
            }, result);
            case Type.Several _ -> rows.add(new Row(path, "a list of products with `Id`, `Name`, `Url`, `ImageUrl`,"
                    + " `Price` and `Currency`"));
            case Type.Value value -> rows.add(new Row(path, kind(path, value)));
        }
    }

    private static String kind(String path, Type.Value value) {
        Optional<TextParameter> secret = TextParameter.of(path.replaceFirst("\\(.*", ""))
                .filter(TextParameter::isSecret);
        return secret.isPresent() ? "a secret" + secret.get().only()
                .map(type -> ", by " + switch (type) {
                    case EMAIL -> "email";
                    case MOBILE -> "SMS";
                } + " only").orElse("")
                : switch (value) {
                    case TEXT -> Parameters.LINKS.keySet().stream().anyMatch(path::endsWith) ? "an address" : "text";
                    case NUMBER -> "a number";
                    case MOMENT -> "a moment; takes `.AddDays(n)`";
                    case YES_NO -> "true or false";
                    case ANY -> "whatever it was given as";
                };
    }
}
