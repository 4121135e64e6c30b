package io.countersign.server.platform;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per entry on standard error: time, level, where, what. */
public final class LogFormat extends Formatter {
    /** Kept, for the loggers of libraries would be collected with the levels set here. */
    private static final Logger[] QUIET = {Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer.hikari"),
        Logger.getLogger("org.flywaydb"), Logger.getLogger("org.postgresql")};
    /** Tells nothing that is not told by us in one line, but with stacks, and hex dumps of what is sent. */
    private static final Logger SILENT = Logger.getLogger("org.jsmpp");

    /** Makes this the only output of all loggers; a configuration file of the user's own wins. */
    public static void install() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        LogManager.getLogManager().reset();
        var console = new ConsoleHandler();
        console.setFormatter(new LogFormat());
        Logger root = Logger.getLogger("");
        root.addHandler(console);
        root.setLevel(Level.INFO);
        for (Logger logger : QUIET) {
            logger.setLevel(Level.WARNING);
        }
        SILENT.setLevel(Level.OFF);
    }

    @Override
    public String format(LogRecord entry) {
        String name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
        String line = entry.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " + entry.getLevel().getName() + " "
                + name.substring(name.lastIndexOf('.') + 1) + ": " + formatMessage(entry) + System.lineSeparator();
        return entry.getThrown() == null ? line : line + stack(entry.getThrown());
    }

    private static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

}
