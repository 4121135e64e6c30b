package io.countersign.domain.subscription;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words that people answer an SMS with, in the languages of the pages. Only the word alone counts. */
public enum SmsKeyword {
    /** No more messages. */
    STOP("STOP", "STOPP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT", "OPT-OUT", "ABMELDEN",
            "ARRET", "ARRÊT", "DÉSABONNER", "DESABONNER", "BAJA", "ALTO", "CANCELAR", "PARAR", "SAIR", "ANNULLA",
            "CANCELLA", "DISISCRIVI", "AFMELDEN", "WYPISZ", "ODHLÁSIT", "ODHLASIT", "AVSLUTA", "AVREGISTRERA", "İPTAL",
            "IPTAL", "RET", "DUR", "СТОП", "ОТПИСАТЬСЯ", "ВІДПИСАТИСЯ", "停止", "配信停止", "توقف",
            "إيقاف", "ايقاف", "إلغاء", "الغاء"),
    /** Messages again. */
    START("START", "UNSTOP", "SUBSCRIBE", "OPTIN", "OPT-IN", "ANMELDEN", "DÉMARRER", "DEMARRER", "ABONNER", "ALTA",
            "INICIAR", "INIZIA", "ISCRIVI", "AANMELDEN", "ZAPISZ", "PŘIHLÁSIT", "PRIHLASIT", "STARTA", "BAŞLA", "BASLA",
            "СТАРТ", "ПОДПИСАТЬСЯ", "ПІДПИСАТИСЯ", "開始", "ابدأ", "ابدا", "اشتراك"),
    /** Who is that, and how does one leave. */
    HELP("HELP", "INFO", "HILFE", "AIDE", "AYUDA", "AJUDA", "AIUTO", "HULP", "POMOC", "NÁPOVĚDA", "NAPOVEDA", "HJÄLP",
            "HJALP", "YARDIM", "ПОМОЩЬ", "ДОПОМОГА", "ヘルプ", "مساعدة");

    private static final int LONGEST = 30;

    private final Set<String> words;

    SmsKeyword(String... words) {
        this.words = Set.of(words);
    }

    /** The keyword that a text is, whatever its case, without the blanks and the full stop around it. */
    public static Optional<SmsKeyword> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String word = Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("^[\"'«„“]+|[\"'»”“.!]+$", "")
                .strip().toUpperCase(Locale.ROOT);
        for (SmsKeyword keyword : values()) {
            if (keyword.words.contains(word)) {
                return Optional.of(keyword);
            }
        }
        return Optional.empty();
    }
}
