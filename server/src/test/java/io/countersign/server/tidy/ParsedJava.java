package io.countersign.server.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A source file as the compiler's parser sees it: syntax only, nothing is resolved. */
record ParsedJava(SourceFile file, CompilationUnitTree unit, DocTrees docs) {

    /** Parses all Java files of the list in one go. */
    static List<ParsedJava> all(List<SourceFile> files) {
        List<SourceFile> sources = files.stream().filter(SourceFile::isJava).toList();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, _ -> { },
                List.of("-proc:none"), null, sources.stream().map(InMemory::new).toList());
        DocTrees docs = DocTrees.instance(task);
        var parsed = new ArrayList<ParsedJava>();
        try {
            int next = 0;
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(new ParsedJava(sources.get(next++), unit, docs));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parsed;
    }

    int firstLine(Tree tree) {
        return line(docs.getSourcePositions().getStartPosition(unit, tree));
    }

    int lastLine(Tree tree) {
        return line(docs.getSourcePositions().getEndPosition(unit, tree));
    }

    Finding found(Tree tree, String what) {
        return Finding.at(file, firstLine(tree), what);
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(Math.max(0, position));
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(SourceFile file) {
            super(URI.create("memory:///" + file.path()), JavaFileObject.Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }
}
