package io.countersign.server.platform.command;

import java.util.ArrayList;
import java.util.List;

/** What {@code --help} prints. */
final class Help {
    private static final int WIDTH = 80;
    private static final int LEFT = 2;
    private static final int GAP = 3;

    private Help() {}

    static String of(Program program) {
        var rows = new ArrayList<List<String>>();
        program.commands().stream().filter(command -> !command.hidden())
                .forEach(command -> rows.add(List.of(command.name(), command.about())));
        return "Usage: " + program.name() + " COMMAND [OPTION]...\n" + wrapped(program.about(), 0) + "\nCommands:\n"
                + table(rows) + "\nWhat a command takes: " + program.name() + " COMMAND --help\n";
    }

    static String of(Program program, Command command) {
        var rows = new ArrayList<List<String>>();
        command.operand().ifPresent(operand -> rows.add(List.of(operand.name(), operand.about())));
        command.settings().forEach(setting -> rows.add(List.of("--" + setting.name()
                + (setting.isToggle() ? "" : " " + setting.value()), about(setting))));
        String text = "Usage: " + program.name() + " " + command.name() + (command.settings().isEmpty() ? ""
                : " [OPTION]...") + command.operand().map(operand -> " " + operand.name()).orElse("") + "\n"
                + wrapped(command.about(), 0) + (rows.isEmpty() ? "" : "\n" + table(rows));
        if (command.exitCodes().isEmpty()) {
            return text;
        }
        var codes = new ArrayList<List<String>>();
        command.exitCodes().forEach(exit -> codes.add(List.of(String.valueOf(exit.code()), exit.meaning())));
        return text + "\nExit codes:\n" + table(codes);
    }

    private static String about(Setting setting) {
        var more = new ArrayList<String>();
        if (setting.required()) {
            more.add("needed");
        }
        if (setting.many()) {
            more.add("may be repeated");
        }
        setting.standard().ifPresent(standard -> more.add("default: " + standard));
        setting.variable().ifPresent(variable -> more.add("or by " + variable));
        return setting.about() + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
    }

    private static String table(List<List<String>> rows) {
        int first = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        var text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(" ".repeat(LEFT)).append(row.getFirst())
                    .append(" ".repeat(first - row.getFirst().length() + GAP))
                    .append(wrapped(row.getLast(), LEFT + first + GAP));
        }
        return text.toString();
    }

    /** Lines of at most 80 characters, as far as the words let them; all but the first begin at the column. */
    private static String wrapped(String text, int column) {
        var lines = new StringBuilder();
        int at = column;
        for (String word : text.split(" ")) {
            if (at > column && at + 1 + word.length() > WIDTH) {
                lines.append('\n').append(" ".repeat(column));
                at = column;
            }
            if (at > column) {
                lines.append(' ');
                at++;
            }
            lines.append(word);
            at += word.length();
        }
        return lines.append('\n').toString();
    }
}
