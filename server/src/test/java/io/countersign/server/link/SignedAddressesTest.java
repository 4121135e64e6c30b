package io.countersign.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Secrets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Links as local parts of mail addresses. */
class SignedAddressesTest {
    private static final UUID MESSAGE = new UUID(0x0123456789abcdefL, 0x8fedcba987654321L);

    private final SignedLinks links = new SignedLinks(new Secrets(new byte[32], new SecureRandom()));

    private static MessageLink link(LinkKind kind, int project, int number) {
        return new MessageLink(new ProjectId(project), kind, MESSAGE, number);
    }

    @Test
    void anAddressIsReadBack() {
        for (LinkKind kind : LinkKind.values()) {
            for (int project : new int[] {1, 40, Integer.MAX_VALUE}) {
                var link = link(kind, project, MessageLink.MOST);
                assertThat(links.readAddress(links.address(link))).contains(link);
            }
        }
    }

    @Test
    void aLocalPartIsShortAndMadeOfSmallLettersAndDigits() {
        assertThat(links.address(link(LinkKind.RETURN, Integer.MAX_VALUE, 0))).matches("[a-z2-7]{1,62}");
    }

    @Test
    void aServerThatChangesTheCaseDoesNoHarm() {
        var link = link(LinkKind.RETURN, 7, 0);
        assertThat(links.readAddress(links.address(link).toUpperCase(Locale.ROOT))).contains(link);
    }

    @Test
    void oneChangedLetterIsEnoughToRefuseIt() {
        String address = links.address(link(LinkKind.RETURN, 7, 0));
        for (int i = 0; i < address.length(); i++) {
            char other = address.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(links.readAddress(address.substring(0, i) + other + address.substring(i + 1))).isEmpty();
        }
    }

    @Test
    void whatIsNoAddressOfOursIsNotRead() {
        String address = links.address(link(LinkKind.RETURN, 7, 0));
        for (String text : new String[] {"", "bounce", address + "a", address.substring(1), address.replace('a', '1'),
            "\u0130".repeat(address.length()), links.text(link(LinkKind.RETURN, 7, 0))}) {
            assertThat(links.readAddress(text)).isEmpty();
        }
    }

    @Test
    void anotherServersKeyReadsNothing() {
        byte[] key = new byte[32];
        key[0] = 1;
        var others = new SignedLinks(new Secrets(key, new SecureRandom()));
        assertThat(others.readAddress(links.address(link(LinkKind.RETURN, 7, 0)))).isEmpty();
    }
}
