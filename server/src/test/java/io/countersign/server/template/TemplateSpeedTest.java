package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Filling is done for each of millions: what can be done once is done when a text is compiled. */
final class TemplateSpeedTest {
    private static final int BATCHES = 12;
    private static final int BATCH = 500;
    private static final long MOST_MICROS = 1_000;

    /**
     * It takes 35 to 75 microseconds on one core of a busy machine. The limit is far above that, and the best batch
     * counts, because other tests run beside this one.
     */
    @Test
    void sixKilobytesWithEightParametersAndFiveLinksAreFilledQuickly() {
        Template text = Templates.compile(Fillings.html(mail()));
        Filling ann = Fillings.ann();
        long best = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long begin = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                assertThat(text.fill(ann).html().length()).isGreaterThan(6_000);
            }
            best = Math.min(best, (System.nanoTime() - begin) / 1_000 / BATCH);
        }
        assertThat(best).as("microseconds for each").isLessThan(MOST_MICROS);
    }

    private static String mail() {
        return "<html><body><h1>Hi ${Recipient.FirstName}</h1><p>${Recipient.LastName} ${Recipient.Email}</p>"
                + "<p style=\"color:#333333;font-family:Arial,sans-serif\">Words and words.</p>\n".repeat(75)
                + "<a href=\"https://x.example/1\">one</a>"
                + "<a href=\"https://x.example/2?n=${Recipient.FirstName}\">two</a>"
                + "<a href=\"https://x.example/3\">three</a><a data-link=\"unsubscribe-channel\">leave</a>"
                + "<a data-link=\"view\">view</a><p>${Recipient.Points.Balance} ${Brand.Name} ${CustomParameters.order}"
                + " ${Recipient.LastReceivedPromoCode.WithType{spring-sale}.Value}"
                + " ${Message.SendingDateTime.AddDays(14)?string(\"dd.MM.yyyy\")}</p></body></html>";
    }
}
