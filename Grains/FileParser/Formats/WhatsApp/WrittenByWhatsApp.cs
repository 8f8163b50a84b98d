using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What WhatsApp writes in place of something, in the languages it was seen in. All without marks.</summary>
internal static class WrittenByWhatsApp
{
    private static readonly FrozenSet<string> Omitted = Set(
        // Android writes one for all, in angle brackets.
        "<Media omitted>", "<Medien ausgeschlossen>", "<Medien weggelassen>", "<Medien ausgelassen>", "<Multimedia omitido>",
        "<Archivo omitido>", "<Archivo multimedia omitido>", "<Médias omis>", "<Fichier omis>", "<Media omessi>", "<Media omesso>",
        "<Mídia oculta>", "<Mídia omitida>", "<Arquivo de mídia oculto>", "<Ficheiro não revelado>", "<Media weggelaten>",
        "<Без медиафайлов>", "<Медиа отсутствует>", "<Файл пропущен>", "<Медіа пропущено>", "<Medya dahil edilmedi>", "<Medya atlanmış>",
        "<Pominięto multimedia>", "<pliki pominięto>", "<Media utelämnat>", "<Media har utelämnats>", "<Media utelatt>", "<Uten vedlegg>",
        "<Medier udeladt>", "<Mediefil udeladt>", "<Media jätettiin pois>", "<Média vynechány>", "<Média vynechána>", "<Médiá vynechané>",
        "<Média elhagyva>", "<Hiányzó médiafájl>", "<Conținut media omis>", "<Medijski zapis izostavljen>", "<Εξαίρεση πολυμέσων>",
        "<Media tidak disertakan>", "<Media dikecualikan>", "<Bỏ qua tệp phương tiện>", "<Bỏ qua Media>", "<สื่อถูกลบ>",
        "<मीडिया के बिना>", "<تم استبعاد الوسائط>", "<رسانه حذف شد>", "<המדיה לא נכללה>", "<מדיה הושמטה>",
        "<メディアなし>", "<メディアは含まれていません>", "<メディアは省略されました>", "<省略多媒體檔案>", "<已省略多媒體檔案>", "<忽略多媒體檔>",
        "<媒体省略>", "<省略多媒体文件>", "<省略影音内容>", "<媒体文件已省略>", "<미디어 파일 제외됨>", "<미디어 생략>", "<미디어 파일 생략됨>",
        "<미디어 파일을 생략한 대화내용>", "<Fitxers multimèdia omesos>", "<Mitjans omesos>", "<Video note omitted>", "null",
        // iOS writes what it was.
        "image omitted", "video omitted", "audio omitted", "sticker omitted", "GIF omitted", "document omitted", "Contact card omitted",
        "video note omitted", "Bild weggelassen", "Video weggelassen", "Audio weggelassen", "Sticker weggelassen", "GIF weggelassen",
        "Dokument weggelassen", "Kontaktkarte ausgelassen", "Kontaktkarte weggelassen", "Videonotiz weggelassen", "imagen omitida",
        "Video omitido", "video omitido", "audio omitido", "sticker omitido", "GIF omitido", "documento omitido",
        "Tarjeta de contacto omitida", "image absente", "vidéo absente", "audio omis", "audio absent", "sticker omis", "sticker absent",
        "GIF retiré", "GIF absent", "document manquant", "document absent", "document omis", "Fiche contact omise",
        "fiche contact absente", "immagine omessa", "video omesso", "audio omesso", "sticker omesso", "sticker non incluso",
        "GIF esclusa", "GIF omesso", "documento omesso", "Scheda contatto omessa", "imagem ocultada", "imagem omitida",
        "vídeo omitido", "vídeo ocultado", "áudio ocultado", "áudio omitido", "figurinha omitida", "GIF omitida", "GIF omitido",
        "documento ocultado", "Cartão do contato omitido", "afbeelding weggelaten", "video weggelaten", "audio weggelaten",
        "sticker weggelaten", "GIF weggelaten", "document weggelaten", "Contactkaart weggelaten", "изображение отсутствует",
        "видео отсутствует", "аудио отсутствует", "аудиофайл отсутствует", "стикер отсутствует", "GIF отсутствует",
        "документ отсутствует", "контакт отсутствует", "видеозаметка опущена", "görüntü dahil edilmedi", "video dahil edilmedi",
        "ses dahil edilmedi", "Çıkartma dahil edilmedi", "çıkartma dahil edilmedi", "GIF dahil edilmedi", "belge dahil edilmedi",
        "Kişi kartı dahil edilmedi", "画像は省略されました", "動画は省略されました", "音声メッセージは省略されました", "スタンプは省略されました",
        "GIFは省略されました", "文書は省略されました", "連絡先カードは省略されました", "圖片已略去", "影片已略去", "音訊已略去", "貼圖已略去",
        "貼圖已忽略", "圖片已省略", "影片已省略", "語音訊息已省略", "貼圖已省略", "GIF已省略", "文件已省略", "图片已省略", "视频已省略",
        "音频已省略", "이미지 생략됨", "동영상 생략됨", "오디오 생략됨", "스티커 생략됨", "GIF 생략됨", "문서 생략됨", "연락처 카드 생략됨",
        "תמונה הושמטה", "התמונה הושמטה", "סרטון הושמט", "הסרטון הושמט", "אודיו הושמט", "מדבקה הושמטה", "GIF הושמט", "מסמך הושמט",
        "המדיה הושמטה", "כרטיס איש קשר הושמט", "تم استبعاد الصورة", "تم استبعاد الفيديو", "تم استبعاد الصوت", "تم استبعاد الملصق",
        "الصورة غير مشمولة", "الفيديو غير مشمول", "kuva jätetty pois", "bild utelämnad", "obraz pominięto", "pominięto obraz");

    private static readonly FrozenSet<string> Deleted = Set(
        "This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht",
        "Se eliminó este mensaje", "Eliminaste este mensaje", "Ce message a été supprimé", "Vous avez supprimé ce message",
        "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio", "Mensagem apagada", "Esta mensagem foi apagada",
        "Você apagou esta mensagem", "Apagou esta mensagem", "Dit bericht is verwijderd", "Je hebt dit bericht verwijderd",
        "U hebt dit bericht verwijderd", "Данное сообщение удалено", "Это сообщение удалено", "Вы удалили данное сообщение",
        "Вы удалили это сообщение", "Bu mesaj silindi", "Bu mesajı sildiniz", "הודעה זו נמחקה", "ההודעה הזו נמחקה", "ההודעה נמחקה",
        "מחקת הודעה זו", "מחקת את ההודעה הזו", "تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة", "لقد حذفت أنت هذه الرسالة",
        "حذفت هذه الرسالة", "这条消息已删除", "此訊息已刪除", "你已刪除此訊息", "您已刪除此訊息", "このメッセージは削除されました",
        "이 메시지는 삭제되었습니다", "삭제된 메시지입니다", "Ta wiadomość została usunięta", "Usunięto tę wiadomość",
        "Det här meddelandet raderades", "Tämä viesti poistettiin", "Pesan ini telah dihapus", "यह संदेश हटाया गया");

    private static readonly FrozenSet<string> Edited = Set(
        "<This message was edited>", "<Message edited>", "<Diese Nachricht wurde bearbeitet>", "<Nachricht bearbeitet>",
        "<Se editó este mensaje>", "<Este mensaje fue editado>", "<Mensaje editado>", "<Mensagem editada>", "<Esta mensagem foi editada>",
        "<Ce message a été modifié>", "<Questo messaggio è stato modificato>", "<Messaggio modificato>", "<Dit bericht is bewerkt>",
        "<Сообщение изменено>", "<Данное сообщение изменено>", "<Это сообщение изменено>", "<Bu mesaj düzenlendi>", "<הודעה זו נערכה>",
        "<ההודעה נערכה>", "<נערכה הודעה זו>", "<تم تعديل هذه الرسالة>", "<تم تعديل هذا المحتوى>", "<此訊息已編輯>", "<此消息已编辑>",
        "<このメッセージは編集されました>", "<이 메시지는 수정되었습니다>", "<Ta wiadomość została zmieniona>", "<Pesan ini diedit>");

    private static readonly FrozenSet<string> Attached = Set(
        "file attached", "Datei angehängt", "archivo adjunto", "fichier joint", "file allegato", "arquivo anexado", "ficheiro anexado",
        "bestand bijgevoegd", "файл добавлен", "файл прикреплен", "dosya ekli", "קובץ מצורף", "ملف مرفق", "الملف مرفق", "添付ファイル",
        "ファイル添付", "附件", "附件檔案", "文件附件", "已附加檔案", "파일 첨부됨", "plik załączony", "bifogad fil", "liitetty tiedosto",
        "vedlagt fil", "vedhæftet fil", "attached", "adjunto", "Anhang", "pièce jointe", "anexado", "anexo", "allegato", "bijlage",
        "прикреплено", "вложение", "ekli dosya", "eklendi", "מצורף", "مرفق", "添付", "已附加", "첨부", "첨부됨", "bifogad", "liitetty");

    // By length and both ends: most texts are told from all phrases without being looked up.
    private static readonly ulong[] Ends = MakeEnds(Omitted.Concat(Deleted));

    /// <summary>Whether a text may be one of those that stand for a message; false for nearly all that people write.</summary>
    /// <param name="utf8">The text.</param>
    public static bool MayBe(ReadOnlySpan<byte> utf8) => EndsOf(utf8) is var at && (Ends[at >> 6] >> (at & 63) & 1) != 0;

    /// <summary>Whether a text stands for media that was left out, or could not be written.</summary>
    public static bool IsOmitted(string text) => Omitted.Contains(text);

    /// <summary>Whether a text stands for a message that was deleted.</summary>
    public static bool IsDeleted(string text) => Deleted.Contains(text) || (text.EndsWith('.') && Deleted.Contains(text[..^1]));

    /// <summary>Whether a text in angle brackets says that what stands before it was edited.</summary>
    public static bool IsEdited(string text) =>
        Edited.Contains(text) || (text.EndsWith(".>", StringComparison.Ordinal) && Edited.Contains($"{text[..^2]}>"));

    /// <summary>Whether words beside a file's name say that it is attached.</summary>
    public static bool IsAttached(string words) => Attached.Contains(words);

    private static int EndsOf(ReadOnlySpan<byte> utf8)
    {
        var (first, last) = utf8.Length == 1
            ? (utf8[0], utf8[0])
            : (BinaryPrimitives.ReadUInt16LittleEndian(utf8), BinaryPrimitives.ReadUInt16LittleEndian(utf8[^2..]));
        return (int)((((uint)utf8.Length * 0x9E37_79B1) + (first * 0x85EB_CA6B) + (last * 0xC2B2_AE35)) >> 16);
    }

    private static ulong[] MakeEnds(IEnumerable<string> phrases)
    {
        var ends = new ulong[0x1_0000 / 64];
        foreach (var phrase in phrases)
        {
            var utf8 = Encoding.UTF8.GetBytes(phrase);
            foreach (var at in (int[])[EndsOf(utf8), EndsOf([.. utf8, (byte)'.']), EndsOf([.. utf8, (byte)' '])])
                ends[at >> 6] |= 1UL << (at & 63);
        }

        return ends;
    }

    private static FrozenSet<string> Set(params string[] phrases) => phrases.ToFrozenSet(StringComparer.Ordinal);
}
