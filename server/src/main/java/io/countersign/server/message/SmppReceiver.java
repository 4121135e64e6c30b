package io.countersign.server.message;

import io.countersign.server.platform.Complaints;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;

/**
 * What an SMS centre sends by itself. Delivery receipts are not asked for: they are taken and forgotten, because a
 * centre that is refused would send them again for ever. SMS of people go to the inbox, and are answered when what they
 * ask for is durable. No text is ever logged.
 */
final class SmppReceiver implements MessageReceiverListener {
    private static final System.Logger LOG = System.getLogger(SmppReceiver.class.getName());
    private static final Complaints COMPLAINTS = new Complaints(LOG);
    private static final int UCS_2 = 8;
    private static final int LATIN_1 = 3;
    private static final int INTERNATIONAL = 1;

    private final SmsInbox inbox;

    SmppReceiver(SmsInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
        if (message.isSmscDeliveryReceipt()) {
            LOG.log(Level.DEBUG, "a delivery receipt came");
            return;
        }
        if (message.isUdhi() || message.getSourceAddr() == null || message.getDestAddress() == null) {
            LOG.log(Level.DEBUG, "an SMS came that is no single text"); // and so no keyword
            return;
        }
        try {
            inbox.take(number(message), message.getDestAddress(), text(message));
        } catch (RuntimeException | Error e) { // the thread is the session's: it must live on
            COMPLAINTS.tell("an SMS that came cannot be taken yet", e);
            throw new ProcessRequestException("not now", SMPPConstant.STAT_ESME_RX_T_APPN, e);
        }
    }

    /** In this protocol the plus is said by the type of number. */
    private static String number(DeliverSm message) {
        return message.getSourceAddrTon() == INTERNATIONAL ? "+" + message.getSourceAddr() : message.getSourceAddr();
    }

    private static String text(DeliverSm message) {
        byte[] octets = message.getShortMessage();
        if (octets == null || octets.length == 0) {
            OptionalParameter payload = message.getOptionalParameter(OptionalParameter.Tag.MESSAGE_PAYLOAD);
            octets = payload instanceof OptionalParameter.OctetString whole ? whole.getValue() : new byte[0];
        }
        return switch (message.getDataCoding() & 0x0F) {
            case UCS_2 -> new String(octets, StandardCharsets.UTF_16BE);
            case LATIN_1 -> new String(octets, StandardCharsets.ISO_8859_1);
            default -> GsmAlphabet.decode(octets);
        };
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
