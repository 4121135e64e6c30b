package io.countersign.server.template;

import io.countersign.server.template.Piece.Output;
import io.countersign.server.template.Piece.Tag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the pieces of one part in their order: names, kinds of values, and that blocks are closed. */
final class PartCheck {
    private static final int DEEPEST = 20;
    private final Faults faults;
    private final Typing typing;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final Map<String, Type> assigned = new HashMap<>();

    /**
     * A block that is open.
     *
     * @param item what its variable is, for a list whose items are named later too
     */
    private record Block(Tag tag, String variable, Type item) {}

    private PartCheck(NeedsFound needs, Faults faults) {
        this.faults = faults;
        this.typing = new Typing(this::variable, needs);
    }

    static void check(List<Piece> pieces, Written written, NeedsFound needs, Faults faults) {
        new PartCheck(needs, faults).check(pieces, written);
    }

    private void check(List<Piece> pieces, Written written) {
        for (Piece piece : pieces) {
            try {
                switch (piece) {
                    case Output(Spot _, Expression value, boolean _) -> typing.ofPrinted(value);
                    case Tag tag -> tag(tag);
                    case Piece.Link _, Piece.Role _, Piece.Picture _ -> { }
                }
            } catch (Unreadable e) {
                faults.add(e.at() < 0 ? piece.spot() : written.spot(e.at()), e.code(), e.getMessage());
            }
        }
        blocks.forEach(block -> faults.add(block.tag().spot(), FaultCode.SYNTAX,
                block.tag().kind().written() + " is not closed"));
    }

    private Optional<Type> variable(String name) {
        for (Block block : blocks) {
            if (block.variable().equals(name)) {
                return Optional.of(block.item());
            }
        }
        return Optional.ofNullable(assigned.get(name));
    }

    private void tag(Tag tag) {
        switch (tag.kind()) {
            case IF -> {
                open(tag, "", Type.Value.ANY);
                condition(tag);
            }
            case ELSE_IF -> {
                requireInside(tag, TagKind.IF);
                condition(tag);
            }
            case ELSE -> requireInside(tag, TagKind.IF, TagKind.LIST);
            case LIST -> list(tag);
            case ITEMS -> {
                requireInside(tag, TagKind.LIST);
                open(tag, tag.variable(), blocks.getFirst().item());
            }
            case SEP -> {
                requireInside(tag, TagKind.LIST, TagKind.ITEMS);
                open(tag, "", Type.Value.ANY);
            }
            case BREAK, CONTINUE -> {
                if (blocks.stream().noneMatch(block -> !block.variable().isEmpty())) {
                    throw wrong(tag.kind().written() + " stands inside <#list ... as x>");
                }
            }
            case ASSIGN -> assigned.put(tag.variable(), typing.of(tag.value().orElseThrow()));
            case END_IF, END_LIST, END_ITEMS, END_SEP -> {
                requireInside(tag, tag.kind().opener());
                blocks.removeFirst();
            }
        }
    }

    private void condition(Tag tag) {
        Expression value = tag.value().orElseThrow();
        Type type = typing.of(value);
        if (type != Type.Value.YES_NO && type != Type.Value.ANY) {
            throw new Unreadable(value.at(), FaultCode.WRONG_TYPE, "not a condition: compare it, or test it with ??");
        }
    }

    private void list(Tag tag) {
        Expression value = tag.value().orElseThrow();
        Type item = Type.Value.ANY;
        try {
            item = switch (typing.of(value)) {
                case Type.Several(Type one) -> one;
                case Type.Value any when any == Type.Value.ANY -> any;
                case Type.Value _, Type.Group _, Type.Method _ ->
                        throw new Unreadable(value.at(), FaultCode.WRONG_TYPE, "not a list");
            };
        } finally {
            open(tag, tag.variable(), item);
        }
    }

    private void open(Tag tag, String variable, Type item) {
        blocks.addFirst(new Block(tag, variable, item));
        if (blocks.size() > DEEPEST) {
            throw new Unreadable(-1, FaultCode.LIMIT, "directives nested more than " + DEEPEST + " deep");
        }
    }

    private void requireInside(Tag tag, TagKind... kinds) {
        Optional<TagKind> open = Optional.ofNullable(blocks.peekFirst()).map(block -> block.tag().kind());
        if (open.filter(List.of(kinds)::contains).isEmpty()) {
            throw wrong(tag.kind().written() + " stands where "
                    + open.map(kind -> kind.written() + " is open").orElse("nothing is open"));
        }
    }

    private static Unreadable wrong(String message) {
        return new Unreadable(-1, FaultCode.SYNTAX, message);
    }
}
