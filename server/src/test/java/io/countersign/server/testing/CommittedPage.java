package io.countersign.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of {@code docs/reference} that is written from the code, and must not differ from it. */
public final class CommittedPage {
    private final StringBuilder text = new StringBuilder();
    private final String name;
    private final String writer;

    /** @param writer the test that writes it */
    public CommittedPage(String name, String title, Class<?> writer) {
        this.name = name;
        this.writer = writer.getSimpleName();
        text.append("# ").append(title).append("\n\n");
        paragraph("*This page is written from the code by `" + this.writer
                + "`; do not edit it. After a change,"
                + " write it anew with\n`mvn test -pl server -am -Dtest=" + this.writer
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dcountersign.write=true`.*");
    }

    public CommittedPage heading(String title) {
        text.append("## ").append(title).append("\n\n");
        return this;
    }

    public CommittedPage subheading(String title) {
        text.append("### ").append(title).append("\n\n");
        return this;
    }

    public CommittedPage paragraph(String words) {
        text.append(words.strip()).append("\n\n");
        return this;
    }

    public CommittedPage code(String language, String code) {
        text.append("```").append(language).append('\n').append(code.strip()).append("\n```\n\n");
        return this;
    }

    /** Cells are Markdown; a bar in one is escaped. */
    public CommittedPage table(List<String> head, List<List<String>> rows) {
        row(head);
        text.append("|---".repeat(head.size())).append("|\n");
        rows.forEach(this::row);
        text.append('\n');
        return this;
    }

    private void row(List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|").replace('\n', ' '))
                .append(' '));
        text.append("|\n");
    }

    /** The whole page. */
    public String text() {
        return text.toString().stripTrailing() + "\n";
    }

    /** Fails when the committed page differs; with {@code -Dcountersign.write=true} writes it. */
    public void mustBeCommitted() {
        Path file = Path.of(System.getProperty("countersign.root")).resolve("docs/reference").resolve(name);
        try {
            if (Boolean.getBoolean("countersign.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text());
            }
            String committed = Files.exists(file) ? Files.readString(file) : "";
            assertThat(committed.lines().toList())
                    .as("docs/reference/%s differs from the code: write it anew with -Dtest=%s"
                            + " -Dcountersign.write=true, and read what changed", name, writer)
                    .isEqualTo(text().lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
