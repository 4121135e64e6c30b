package io.countersign.server.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Sizes, names and Javadoc. */
final class ShapeRules {
    private static final int FILE_LIMIT = 400;
    private static final int FILE_WATCHED = 300;
    private static final int METHOD_LIMIT = 70;
    private static final int PARAMETERS = 6;
    private static final int COMPONENTS = 8;

    private ShapeRules() {}

    static List<Finding> fileTooLarge(SourceFile file) {
        return ofSize(file, FILE_LIMIT);
    }

    /** Files on the way to the limit: each may have the size that is written down for it. */
    static List<Finding> fileGrows(SourceFile file) {
        return ofSize(file, FILE_WATCHED);
    }

    private static List<Finding> ofSize(SourceFile file, int limit) {
        int lines = file.lines().size();
        return file.isJava() && lines > limit
                ? List.of(new Finding(file.path(), 0, lines + " lines, more than " + limit, lines))
                : List.of();
    }

    /** Methods and constructors of more than 70 lines, from the signature to the last brace. */
    static List<Finding> methodTooLong(ParsedJava java) {
        return methods(java, (method, found) -> {
            int lines = java.lastLine(method) - bodyStart(java, method) + 1;
            if (method.getBody() != null && lines > METHOD_LIMIT) {
                found.add(java.found(method, method.getName() + " has " + lines + " lines, more than "
                        + METHOD_LIMIT));
            }
        });
    }

    /** More than 6 parameters; a record's own constructor is held by the limit of its components. */
    static List<Finding> tooManyParameters(ParsedJava java) {
        return methods(java, (method, found) -> {
            if (method.getParameters().size() > PARAMETERS && !method.getName().contentEquals("<init>")) {
                found.add(java.found(method, method.getName() + " has " + method.getParameters().size()
                        + " parameters, more than " + PARAMETERS + ": make it a record"));
            }
        });
    }

    static List<Finding> tooManyComponents(ParsedJava java) {
        return types(java, (path, found) -> {
            var type = (ClassTree) path.getLeaf();
            long components = type.getKind() == Tree.Kind.RECORD ? type.getMembers().stream()
                    .filter(member -> member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)).count() : 0;
            if (components > COMPONENTS) {
                found.add(java.found(type, type.getSimpleName() + " has " + components
                        + " components, more than "
                        + COMPONENTS));
            }
        });
    }

    /** A name says what the thing is. */
    static List<Finding> emptyName(ParsedJava java) {
        return types(java, (path, found) -> {
            var type = (ClassTree) path.getLeaf();
            if (type.getSimpleName().toString().matches(".*(Utils?|Helpers?|Manager|Impl)")) {
                found.add(java.found(type, type.getSimpleName() + ": name the thing"));
            }
        });
    }

    /** Public types of the product tell their contract. */
    static List<Finding> undocumented(ParsedJava java) {
        return types(java, (path, found) -> {
            var type = (ClassTree) path.getLeaf();
            if (java.file().isProduct() && isPublic(path) && java.docs().getDocComment(path) == null) {
                found.add(java.found(type, type.getSimpleName() + " has no Javadoc"));
            }
        });
    }

    /** Every package of the product says what it is for. */
    static List<Finding> packageWithoutWord(List<SourceFile> files) {
        Set<String> told = files.stream().filter(file -> file.name().equals("package-info"))
                .map(ShapeRules::folder).collect(Collectors.toSet());
        return files.stream().filter(SourceFile::isProduct).map(ShapeRules::folder).distinct()
                .filter(folder -> !told.contains(folder))
                .map(folder -> new Finding(folder, 0, "has no package-info.java", 1)).toList();
    }

    private static String folder(SourceFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/'));
    }

    private static boolean isPublic(TreePath path) {
        for (TreePath at = path; at != null; at = at.getParentPath()) {
            if (at.getLeaf() instanceof ClassTree type && !type.getModifiers().getFlags()
                    .contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }

    /** Annotations above a signature do not count. */
    private static int bodyStart(ParsedJava java, MethodTree method) {
        Tree first = method.getReturnType() != null ? method.getReturnType() : method.getBody();
        return first == null ? java.firstLine(method) : java.firstLine(first);
    }

    private static List<Finding> methods(ParsedJava java, BiConsumer<MethodTree, List<Finding>> check) {
        var found = new ArrayList<Finding>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                check.accept(method, found);
                return super.visitMethod(method, nothing);
            }
        }.scan(java.unit(), null);
        return found;
    }

    private static List<Finding> types(ParsedJava java, BiConsumer<TreePath, List<Finding>> check) {
        var found = new ArrayList<Finding>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                check.accept(getCurrentPath(), found);
                return super.visitClass(type, nothing);
            }
        }.scan(java.unit(), null);
        return found;
    }
}
