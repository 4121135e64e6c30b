package io.countersign.server.message;

import java.util.Optional;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/** What comes to an {@link SmsCentre}: messages, and questions whether it is there. */
final class SmsCentreReceiver implements ServerMessageReceiverListener {
    private final SmsCentre centre;

    SmsCentreReceiver(SmsCentre centre) {
        this.centre = centre;
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession session)
            throws ProcessRequestException {
        int now = centre.atOnce.incrementAndGet();
        centre.mostAtOnce.accumulateAndGet(now, Math::max);
        try {
            Optional<SmsCentre.Step> step = centre.next();
            if (step.isPresent()) {
                step.get().run(session);
            }
            centre.taken.add(message);
            return new SubmitSmResult(new MessageId("id" + centre.taken.size()), new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new IllegalStateException(e);
        } finally {
            centre.atOnce.decrementAndGet();
        }
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink question, Session session) {
        centre.enquiries.incrementAndGet();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session session) {
        throw unexpected();
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public void onAcceptCancelSm(CancelSm message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession session) {
        throw unexpected();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession session) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("not expected in a test");
    }
}
