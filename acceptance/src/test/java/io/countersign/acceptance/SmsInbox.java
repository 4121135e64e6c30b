package io.countersign.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The SMS that the built-in catcher took for one number, read from its pages. */
record SmsInbox(Api api, String number) {
    private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");
    private static final Pattern ENTRY = Pattern.compile("href=\"(/mail/[^\"/]+)\"(.*?)</li>", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("<pre[^>]*>(.*?)</pre>", Pattern.DOTALL);

    /** The code in the newest, as soon as so many have come in all. */
    String awaitCode(int wanted) throws IOException {
        String text = awaitText(wanted);
        var code = CODE.matcher(text);
        if (!code.find()) {
            throw new AssertionError("no code in " + text);
        }
        return code.group();
    }

    /** The text of the newest, as soon as so many have come in all. */
    String awaitText(int wanted) throws IOException {
        Await.until(wanted + " SMS to " + number, () -> pages().size() >= wanted);
        String page = api.get(pages().getFirst()).text();
        var text = TEXT.matcher(page);
        if (!text.find()) {
            throw new AssertionError("no text in " + page);
        }
        return text.group(1);
    }

    int count() throws IOException {
        return pages().size();
    }

    /** Newest first. */
    private List<String> pages() throws IOException {
        return ENTRY.matcher(api.get("/mail").text()).results().filter(entry -> entry.group(2).contains(number))
                .map(entry -> entry.group(1)).toList();
    }
}
