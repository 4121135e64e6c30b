package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operations at two servers beside each other on one database elsewhere. */
class OperationNodesTest {
    private static final int CROWD = 32;
    private static final SmtpSink SINK = SmtpSink.start();
    private static ExternalPostgres database;
    private static ServerProcess one;
    private static ServerProcess two;

    @BeforeAll
    static void start() {
        database = ExternalPostgres.start();
        one = ServerProcess.startOn(database.url(), database.password(), OperationSetUp.of(SINK));
        two = ServerProcess.startOn(database.url(), database.password(), null);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        database.close();
        SINK.close();
    }

    private static Operations at(ServerProcess node) {
        return new Operations(new Api(node.base()), WEBSITE);
    }

    private static Held held(ServerProcess node, Kind kind, String crmId) throws Exception {
        return Held.in(new Api(node.base()).as(WEBSITE.owner(), "/v1/customers?external=CrmID:" + crmId)
                .path("customers").get(0), kind);
    }

    @Test
    void whatOneNodeDid_theOtherKnows() throws Exception {
        String crmId = Body.freshId();
        String old = Kind.EMAIL.fresh();
        String next = Kind.EMAIL.fresh();
        at(one).call("Register", Body.of(crmId).with(Kind.EMAIL, old));
        assertThat(held(two, Kind.EMAIL, crmId)).isEqualTo(Held.pending(old));
        at(two).call("ConfirmEmail", Body.of(crmId).with(Kind.EMAIL, old));
        at(one).call("Edit", Body.of(crmId).with(Kind.EMAIL, next));
        assertThat(held(two, Kind.EMAIL, crmId)).isEqualTo(Held.confirmed(old).waiting(next));
    }

    @Test
    void oneTransactionAtBothNodesAtOnce_isDoneOnce() throws Exception {
        String crmId = Body.freshId();
        String more = "&transactionId=" + UUID.nameUUIDFromBytes(new byte[] {1, 2, 3});
        var turn = new AtomicInteger();
        var statuses = Crowd.of(CROWD, () -> at(turn.getAndIncrement() % 2 == 0 ? one : two)
                .sync("Import", more, Body.of(crmId)).json().path("status").asString());
        assertThat(statuses).filteredOn("Success"::equals).hasSize(1);
        assertThat(statuses).filteredOn("TransactionAlreadyProcessed"::equals).hasSize(CROWD - 1);
    }

    @Test
    void oneContactConfirmedAtBothNodesAtOnce_hasOneHolder() throws Exception {
        String value = Kind.EMAIL.fresh();
        var ids = new String[16];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Body.freshId();
            at(one).call("Register", Body.of(ids[i]).with(Kind.EMAIL, value));
        }
        var turn = new AtomicInteger();
        Crowd.of(ids.length, () -> {
            int mine = turn.getAndIncrement();
            return at(mine % 2 == 0 ? one : two).call("ConfirmEmail", Body.of(ids[mine]).with(Kind.EMAIL, value));
        });
        assertThat(new Api(two.base()).holders(Kind.EMAIL, value)).isEqualTo(1);
        for (String id : ids) {
            assertThat(held(one, Kind.EMAIL, id)).isEqualTo(Held.confirmed(value));
        }
    }

    @Test
    void aCodeThatOneNodeSent_isAnsweredAtTheOther() throws Exception {
        String crmId = Body.freshId();
        String number = Kind.MOBILE.fresh();
        at(one).call("Register", Body.of(crmId).with(Kind.MOBILE, number));
        at(one).call("ResendCode", Body.of(crmId));
        String code = new SmsInbox(new Api(two.base()), number).awaitCode(1);
        assertThat(at(two).call("ConfirmPhone", Body.of(crmId).code(code)).path("smsConfirmation")
                .path("processingStatus").asString()).isEqualTo("MobilePhoneConfirmed");
    }
}
