package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import java.util.Locale;
import org.jsmpp.SMPPConstant;

/** What a negative command status means for the message (SMPP 3.4, 5.1.3). */
final class SmppVerdict {
    private SmppVerdict() {
    }

    static HandOver of(int status) {
        var reply = reply("refused", status);
        return switch (status) {
            case SMPPConstant.STAT_ESME_RINVDSTADR -> new Refused(reply, Concern.RECIPIENT);
            case SMPPConstant.STAT_ESME_RINVSRCADR, SMPPConstant.STAT_ESME_RINVSRCTON,
                    SMPPConstant.STAT_ESME_RINVSRCNPI -> new Refused(reply, Concern.SENDER);
            case SMPPConstant.STAT_ESME_RINVMSGLEN, SMPPConstant.STAT_ESME_RINVCMDLEN,
                    SMPPConstant.STAT_ESME_RINVESMCLASS, SMPPConstant.STAT_ESME_RX_P_APPN,
                    SMPPConstant.STAT_ESME_RX_R_APPN, SMPPConstant.STAT_ESME_RINVTLVSTREAM,
                    SMPPConstant.STAT_ESME_RTLVNOTALLWD, SMPPConstant.STAT_ESME_RINVTLVLEN,
                    SMPPConstant.STAT_ESME_RMISSINGTLV, SMPPConstant.STAT_ESME_RINVTLVVAL,
                    SMPPConstant.STAT_ESME_RPROHIBITED, SMPPConstant.STAT_ESME_RINVDCS
                    -> new Refused(reply, Concern.MESSAGE);
            case SMPPConstant.STAT_ESME_RSUBMITFAIL, SMPPConstant.STAT_ESME_RX_T_APPN,
                    SMPPConstant.STAT_ESME_RDELIVERYFAILURE, SMPPConstant.STAT_ESME_RUNKNOWNERR
                    -> new Deferred(reply, Concern.MESSAGE);
            // Throttled, a full queue, an error of its system, a login or settings that it does not like, and what
            // only this vendor knows: not the fault of this message.
            default -> new Deferred(reply, Concern.PROVIDER);
        };
    }

    static ProviderReply reply(String what, int status) {
        return new ProviderReply(status, "", what + " with SMPP status " + String.format(Locale.ROOT, "0x%08X", status)
                + said(status));
    }

    private static String said(int status) {
        return switch (status) {
            case SMPPConstant.STAT_ESME_RINVMSGLEN -> ": message length is invalid";
            case SMPPConstant.STAT_ESME_RSYSERR -> ": system error";
            case SMPPConstant.STAT_ESME_RINVSRCADR -> ": invalid source address";
            case SMPPConstant.STAT_ESME_RINVDSTADR -> ": invalid destination address";
            case SMPPConstant.STAT_ESME_RBINDFAIL -> ": bind failed";
            case SMPPConstant.STAT_ESME_RINVPASWD -> ": invalid password";
            case SMPPConstant.STAT_ESME_RINVSYSID -> ": invalid system id";
            case SMPPConstant.STAT_ESME_RMSGQFUL -> ": message queue full";
            case SMPPConstant.STAT_ESME_RSUBMITFAIL -> ": submit failed";
            case SMPPConstant.STAT_ESME_RTHROTTLED -> ": throttled";
            default -> "";
        };
    }
}
