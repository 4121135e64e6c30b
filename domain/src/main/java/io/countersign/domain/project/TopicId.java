package io.countersign.domain.project;

/** What messages are about; belongs to a brand, exists under every channel. */
public record TopicId(int value) implements Comparable<TopicId> {
    @Override
    public int compareTo(TopicId other) {
        return Integer.compare(value, other.value);
    }
}
