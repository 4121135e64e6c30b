package io.countersign.server.message;

import java.io.DataInputStream;
import java.io.IOException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.bean.Command;

/** Reads what an SMS centre sends, within bounds: the library would reserve whatever length a centre claims. */
final class SmppReader extends DefaultPDUReader {
    /** The longest request of the protocol carries a text of 64 KiB. */
    static final int LONGEST = 70_000;

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        Command header = super.readPDUHeader(in);
        if (header.getCommandLength() > LONGEST) {
            throw new IOException("the SMS centre claims to send " + header.getCommandLength() + " octets");
        }
        return header;
    }
}
