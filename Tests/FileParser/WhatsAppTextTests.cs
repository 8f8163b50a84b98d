using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>What people said, beside what WhatsApp wrote itself.</summary>
public sealed class WhatsAppTextTests
{
    private const string Mark = WhatsAppExport.Mark;

    private static readonly DateTime Day = new(2025, 3, 4, 14, 5, 9);

    [Fact]
    public void Direction_marks_are_stripped_and_odd_spaces_are_spaces()
    {
        var export = new WhatsAppExport().Add(Day, "\u202A+49\u00A0170\u202F1\u202C", "\u202Ahi\u200E @\u2068Bob\u2069 \u200Fthere\uFEFF\u202C");
        var message = Assert.Single(export.Export().Messages());
        Assert.Equal(("+49 170 1", "hi @Bob there"), (message.Author, message.Text));
    }

    [Theory]
    [InlineData("\uFEFF", null)]
    [InlineData("\u061C", null)]
    [InlineData("a \uFEFFb", "a b")]
    [InlineData("a \u2066b", "a b")]
    [InlineData("a\u3000", "a")]
    public void A_mark_by_itself_is_no_text_and_within_one_it_goes(string text, string? said)
    {
        var export = new WhatsAppExport().Add(Day, "Ann", text).Add(Day, "Ann", "hi").Export();
        Assert.Equal(said is null ? ["hi"] : [said, "hi"], export.Texts());
        Assert.Equal(said is null ? 1 : 0, export.Report().Skipped.GetValueOrDefault("empty text"));
    }

    [Fact]
    public void The_short_way_of_reading_a_text_is_as_the_long_one()
    {
        string[] parts =
        [
            "a", "b c", " ", "\n", ")", ">", "<", "é", "ش", "\u0622", "\uFEFF", "\uFEB9", "，", "你", "\U0001F680", "\u061C", "\u200B",
            "\u200D", "\u200E", "\u200F", "\u2010", "“", "…", "\u2028", "\u202A", "\u202E", "\u202F", "\u205F", "\u2066", "\u2069", "€",
            "☀", "\u3000", "\u00A0", "\u0085", "\u1680", "\u2003",
        ];
        var random = new Random(11);
        var plain = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
            var utf8 = Encoding.UTF8.GetBytes(text);
            if (!MessageText.IsPlain(utf8, MessageText.HasRareMarks(utf8)))
                continue;
            plain++;
            var content = MessageText.Read(utf8, HeaderEnd.Dash);
            Assert.Equal((text, null), (content.Text, content.Skip));
        }

        Assert.InRange(plain, 1000, 19_000);
        Assert.True(MessageText.IsPlain("شكرا، أراك \u0622 غدا"u8, mayHaveRareMarks: true));
        Assert.True(MessageText.IsPlain("，你好"u8, mayHaveRareMarks: true));
    }

    [Theory]
    [InlineData("\u200F")]
    [InlineData("\u200E")]
    public void On_Android_a_mark_before_a_text_is_the_persons_own(string mark)
    {
        var export = new WhatsAppExport().Add(Day, "Dana", $"{mark}שלום").Export();
        Assert.Equal((1L, "שלום"), (export.Report().Messages, export.Texts()[0]));
        Assert.Null(export.Messages()[0].Conversation.Title);
    }

    [Fact]
    public void On_iOS_a_mark_of_writing_from_right_to_left_makes_no_system_message()
    {
        var export = new WhatsAppExport { Header = WhatsAppExport.Ios }
            .Add(Day, "Dana", "\u200Fשלום").Add(Day, "Dana", "\u200Fהתמונה הושמטה").Add(Day, "Dana", "\u200Eנוצרה").Export();
        Assert.Equal(["שלום"], export.Texts());
        Assert.Equal(1, export.Report().Skipped["media only"]);
    }

    [Theory]
    [InlineData("<Media omitted>\nthe hall", "the hall")]
    [InlineData("null\nis what it says", "null\nis what it says")]
    [InlineData("<see below>\nthe hall", "<see below>\nthe hall")]
    public void What_stands_for_media_is_cut_off_its_caption(string text, string said) =>
        Assert.Equal([said], new WhatsAppExport().Add(Day, "Ann", text).Export().Texts());

    [Theory]
    [InlineData("“the view” – with a walk…")]
    [InlineData("it is ☀ today")]
    [InlineData("is it 5 °C? we’ll see")]
    public void Quotation_marks_dashes_and_symbols_stay_as_they_are(string text) =>
        Assert.Equal([text], new WhatsAppExport().Add(Day, "Ann", text).Export().Texts());

    [Theory]
    [InlineData("<Media omitted>")]
    [InlineData("<Medien ausgeschlossen>")]
    [InlineData("<Multimedia omitido>")]
    [InlineData("<Médias omis>")]
    [InlineData("<Mídia oculta>")]
    [InlineData("<Media omessi>")]
    [InlineData("<Без медиафайлов>")]
    [InlineData("<Medya dahil edilmedi>")]
    [InlineData("<המדיה לא נכללה>")]
    [InlineData("<تم استبعاد الوسائط>")]
    [InlineData("<メディアなし>")]
    [InlineData("<省略多媒體檔案>")]
    [InlineData("<미디어 파일을 생략한 대화내용>")]
    [InlineData(Mark + "image omitted")]
    [InlineData(Mark + "Bild weggelassen")]
    [InlineData(Mark + "GIF omitted")]
    [InlineData("video omitted")]
    [InlineData("null")]
    public void Media_omitted_is_localised(string text)
    {
        var report = new WhatsAppExport().Add(Day, "Ann", "hi").Add(Day, "Ann", text).Export().Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped["media only"]));
    }

    [Theory]
    [InlineData("hi " + Mark + "<This message was edited>")]
    [InlineData("hi <This message was edited>")]
    [InlineData("hi <Diese Nachricht wurde bearbeitet.>")]
    [InlineData("hi <Se editó este mensaje.>")]
    [InlineData("hi <Mensagem editada>")]
    [InlineData("hi <Bu mesaj düzenlendi>")]
    [InlineData("hi <הודעה זו נערכה>")]
    [InlineData("hi " + Mark + "<Words of a language that nobody listed>")]
    public void This_message_was_edited_at_the_end_is_a_mark_and_not_text(string text)
    {
        var message = Assert.Single(new WhatsAppExport().Add(Day, "Ann", text).Export().Messages());
        Assert.Equal(("hi", true), (message.Text, message.Edited));
    }

    [Fact]
    public void What_only_looks_like_a_mark_is_text()
    {
        string[] texts = ["<This message was edited> no", "a <b>", "<3", "image omitted, why?", "smile :)", "x (y)", "a > b", "<This: is.mine>"];
        var export = new WhatsAppExport();
        foreach (var text in texts)
            export.Add(Day, "Ann", text);
        Assert.Equal(texts, export.Export().Texts());
        Assert.DoesNotContain(export.Export().Messages(), message => message.Edited || message.Attachments.Count > 0);
    }

    [Theory]
    [InlineData("This message was deleted")]
    [InlineData(Mark + "You deleted this message.")]
    [InlineData("Diese Nachricht wurde gelöscht.")]
    [InlineData("Bu mesajı sildiniz")]
    [InlineData("此訊息已刪除")]
    public void Deleted_messages_are_skipped_as_such(string text) =>
        Assert.Equal(1, new WhatsAppExport().Add(Day, "Ann", "hi").Add(Day, "Ann", text).Export().Report().Skipped["deleted message"]);

    [Theory]
    [InlineData("the view " + Mark + "<attached: 00000042-PHOTO-2025-03-04-14-05-09.jpg>", "the view", "00000042-PHOTO-2025-03-04-14-05-09.jpg")]
    [InlineData("the view " + Mark + "<Anhang: view.pdf>", "the view", "view.pdf")]
    [InlineData(Mark + "IMG-20250304-WA0001.jpg (file attached)\nthe view", "the view", "IMG-20250304-WA0001.jpg")]
    [InlineData("IMG-20250304-WA0001.jpg (words that nobody listed)\nthe view", "the view", "IMG-20250304-WA0001.jpg")]
    [InlineData("my plan (2).pdf (Datei angehängt)\nthe view", "the view", "my plan (2).pdf")]
    [InlineData("the view " + Mark + "image omitted", "the view", null)]
    public void What_was_written_to_an_attachment_is_a_message_with_its_name(string text, string said, string? name)
    {
        var message = Assert.Single(new WhatsAppExport().Add(Day, "Ann", text).Export().Messages());
        Assert.Equal(said, message.Text);
        Assert.Equal(name is null ? [] : [name], message.Attachments);
    }

    [Theory]
    [InlineData(Mark + "<attached: 00000042-PHOTO-2025-03-04-14-05-09.jpg>")]
    [InlineData(Mark + "plan.pdf • " + Mark + "12 pages " + Mark + "<attached: 00000042-plan.pdf>")]
    [InlineData(Mark + "plan.pdf • " + Mark + "12 pages " + Mark + "document omitted")]
    [InlineData(Mark + "STK-20250304-WA0001.webp (arquivo anexado)")]
    public void An_attachment_by_itself_is_media_only(string text) =>
        Assert.Equal(1, new WhatsAppExport().Add(Day, "Ann", "hi").Add(Day, "Ann", text).Export().Report().Skipped["media only"]);

    [Theory]
    [InlineData(Mark + "POLL:\nWhere to?\n" + Mark + "OPTION: North (" + Mark + "2 votes)", "POLL:\nWhere to?\nOPTION: North (2 votes)")]
    [InlineData(Mark + "Location: https://maps.google.com/?q=1,2", "Location: https://maps.google.com/?q=1,2")]
    [InlineData(Mark + "@\u2068Bob\u2069 come here", "@Bob come here")]
    public void Polls_places_and_calls_on_somebody_are_what_people_said(string text, string said) =>
        Assert.Equal([said], new WhatsAppExport().Add(Day, "Ann", text).Export().Texts());
}
