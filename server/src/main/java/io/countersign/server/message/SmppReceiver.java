package io.countersign.server.message;

import java.lang.System.Logger.Level;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;

/**
 * What an SMS centre sends by itself. Nothing is asked for, so delivery receipts and replies are taken and forgotten:
 * a centre that is refused would send them again for ever. Their text is never logged.
 */
final class SmppReceiver implements MessageReceiverListener {
    private static final System.Logger LOG = System.getLogger(SmppReceiver.class.getName());

    @Override
    public void onAcceptDeliverSm(DeliverSm message) {
        LOG.log(Level.DEBUG, () -> message.isSmscDeliveryReceipt() ? "a delivery receipt came" : "an SMS came");
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session session) throws ProcessRequestException {
        throw new ProcessRequestException("data_sm is of no use here", SMPPConstant.STAT_ESME_RX_P_APPN);
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
        LOG.log(Level.DEBUG, "an alert came");
    }
}
