package io.countersign.server.message;

/** Stands where no SMS provider is named: messages wait until one is. */
final class NoSms implements SmsProvider {
    @Override
    public HandOver handOver(OutgoingSms sms) {
        return new HandOver.Deferred(ProviderReply.none("no SMS provider is set up"), HandOver.Concern.PROVIDER);
    }

    @Override
    public void close() {
    }
}
