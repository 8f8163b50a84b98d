using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class WhatsAppFormatTests
{
    private const string Mark = WhatsAppExport.Mark;

    private static readonly DateTime Day = new(2025, 3, 4, 14, 5, 9);

    [Theory]
    [InlineData("[04/03/25, 14:05:09] Ann: hi", 9)]
    [InlineData("[3/4/25, 2:05:09\u202FPM] Ann: hi", 9)]
    [InlineData("04/03/2025, 14:05 - Ann: hi")]
    [InlineData("3/4/25, 2:05\u202FPM - Ann: hi")]
    [InlineData("4/3/2025, 2:05 p. m. - Ann: hi")]
    [InlineData("4/3/2025, 2:05\u00A0p.\u00A0m. - Ann: hi")]
    [InlineData("4/3/2025 2:05 p. m. - Ann: hi")]
    [InlineData("[04.03.25, 14:05:09] Ann: hi", 9)]
    [InlineData("[4.3.2025 klo 14.05.09] Ann: hi", 9)]
    [InlineData("04.03.25, 14:05 - Ann: hi")]
    [InlineData("[04-03-25 14:05:09] Ann: hi", 9)]
    [InlineData("04-03-25 14:05:09: Ann: hi", 9)]
    [InlineData("2025/03/04, 14:05 - Ann: hi")]
    [InlineData("[03/04/25 14:05] Ann: hi")]
    [InlineData("3/4/25, 14:05 - Ann: hi")]
    [InlineData("2025/3/4 午後2:05 - Ann: hi")]
    [InlineData("2025/3/4 下午2:05 - Ann: hi")]
    [InlineData("2025. 3. 4. 오후 2:05 - Ann: hi")]
    [InlineData("[2025. 3. 4. 오후 2:05:09] Ann: hi", 9)]
    [InlineData("2025-03-04, 2:05 p.m. - Ann: hi")]
    [InlineData("2025/03/04, 2:05 pm - Ann: hi")]
    [InlineData("2025-03-04 14 h 05 - Ann: hi")]
    [InlineData("[2025-03-04 14 h 05 min 09 s] Ann: hi", 9)]
    [InlineData("4/3/2025، 14:05 - Ann: hi")]
    [InlineData("\u200F[٤\u200F/٣\u200F/٢٠٢٥، ٢:٠٥:٠٩ م] Ann: hi", 9)]
    [InlineData("۱۴۰۳/۱۲/۱۴،\u200F ۱۴:۰۵ - Ann: hi")]
    [InlineData("4/3/2568 14:05 - Ann: hi")]
    [InlineData("4/3/68 14:05 - Ann: hi")]
    [InlineData("[4.3.2025, 2:05:09 אחה״צ] Ann: hi", 9)]
    [InlineData("4/3/25, 2:05 μ.μ. - Ann: hi")]
    [InlineData("04. 03. 2025. 14:05 - Ann: hi")]
    [InlineData("2025. 03. 04. du. 2:05 - Ann: hi")]
    [InlineData("4.03.25 г., 14:05 - Ann: hi")]
    [InlineData("[4.03.25 г., 14:05:09 ч.] Ann: hi", 9)]
    [InlineData("4.03.2025 saat 14:05 - Ann: hi")]
    [InlineData("14:05 4/3/25 - Ann: hi")]
    [InlineData("14:05, 04/03/2025 - Ann: hi")]
    [InlineData("04/03/2025, 14:05 – Ann: hi")]
    [InlineData("25. 3. 4. 오후 2:05 - Ann: hi")]
    [InlineData("\uFEFF04/03/2025, 14:05 - Ann: hi")]
    public void Every_telephones_way_of_writing_date_and_time_is_read(string line, int seconds = 0)
    {
        // The order of day and month is the business of other tests.
        var dayFirst = !(line.Contains("3/4/25", StringComparison.Ordinal) || line.Contains("03/04/25", StringComparison.Ordinal));
        var message = Assert.Single(TestExport.Of(line + "\n", new ReadingOptions(DayFirst: dayFirst)).Messages());
        Assert.Equal(("Ann", "hi"), (message.Author, message.Text));
        Assert.Equal(new DateTime(2025, 3, 4, 14, 5, seconds), message.SentAt!.Value.DateTime);
        Assert.Equal(SentZone.Assumed, message.Zone);
    }

    [Theory]
    [InlineData("12:05 AM", 0)]
    [InlineData("12:05 PM", 12)]
    [InlineData("1:05 am", 1)]
    [InlineData("11:05 p.m.", 23)]
    public void Noon_and_midnight_on_a_clock_of_twelve_hours_are_twelve(string time, int hour) =>
        Assert.Equal(hour, Assert.Single(TestExport.Of($"04/03/2025, {time} - Ann: hi").Messages()).SentAt!.Value.Hour);

    [Theory]
    [InlineData("凌晨 3:05", 3)]
    [InlineData("早上 8:05", 8)]
    [InlineData("中午 12:05", 12)]
    [InlineData("中午 1:05", 13)]
    [InlineData("晚上 8:05", 20)]
    [InlineData("오전 12:05", 0)]
    [InlineData("午後0:05", 12)]
    public void Chinese_Japanese_and_Korean_name_the_part_of_the_day_before_the_time(string time, int hour) =>
        Assert.Equal(hour, Assert.Single(TestExport.Of($"2025/3/4 {time} - Ann: hi").Messages()).SentAt!.Value.Hour);

    [Fact]
    public void A_line_with_no_header_continues_the_message_before()
    {
        var export = new WhatsAppExport().Add(Day, "Ann", "one\ntwo\n\n 3 - four\n2016-04-29 10:30:00").Add(Day, "Bob", "five");
        Assert.Equal(["one\ntwo\n\n 3 - four\n2016-04-29 10:30:00", "five"], export.Export().Texts());
    }

    [Fact]
    public void A_header_of_another_style_is_text_that_was_pasted_and_the_report_warns()
    {
        var export = new WhatsAppExport().Add(Day, "Ann", "look:\n[04/03/25, 14:05:09] Bob: hi\n[14:05, 04/03/2025] Bob: hi").Export();
        Assert.Equal(["look:\n[04/03/25, 14:05:09] Bob: hi\n[14:05, 04/03/2025] Bob: hi"], export.Texts());
        Assert.StartsWith("2 lines look like the beginning of a message", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_is_none_begins_no_message()
    {
        var export = new WhatsAppExport().Add(Day.AddDays(20), "Ann", "one\n31/04/2025, 10:00 - Bob: two\n29/02/2025, 10:00 - Bob: three");
        Assert.Single(export.Export().Texts());
        Assert.Single(export.Export().Report().Warnings);
    }

    [Fact]
    public void Ends_of_line_are_CRLF_with_bare_LF_inside_a_message()
    {
        var export = new WhatsAppExport { Header = WhatsAppExport.Ios, LineEnd = "\r\n" }
            .Add(Day, "Ann", "pasted:\n[04/03/25, 14:05:09] Bob: hi\nend").Add(Day, "Bob", "yes").Add(Day, "Ann", "no");
        Assert.Equal(["pasted:\n[04/03/25, 14:05:09] Bob: hi\nend", "yes", "no"], export.Export().Texts());
    }

    [Fact]
    public void CRLF_everywhere_is_a_file_that_went_through_Windows()
    {
        var export = new WhatsAppExport { LineEnd = "\r\n" }.Add(Day, "Ann", "one\r\ntwo").Add(Day, "Bob", "three");
        Assert.Equal(["one\ntwo", "three"], export.Export().Texts());
    }

    [Fact]
    public void Direction_marks_are_stripped_and_odd_spaces_are_spaces()
    {
        var export = new WhatsAppExport().Add(Day, "\u202A+49\u00A0170\u202F1\u202C", "\u202Ahi\u200E @\u2068Bob\u2069 \u200Fthere\uFEFF\u202C");
        var message = Assert.Single(export.Export().Messages());
        Assert.Equal(("+49 170 1", "hi @Bob there"), (message.Author, message.Text));
    }

    [Fact]
    public void The_author_runs_to_the_first_colon_and_space()
    {
        var export = new WhatsAppExport().Add(Day, "Ann: x", "y: z").Add(Day, "Dr. B: (work)", "at 10:30: no");
        Assert.Equal([("Ann", "x: y: z"), ("Dr. B", "(work): at 10:30: no")], export.Export().Messages().Select(m => (m.Author!, m.Text)));
    }

    [Fact]
    public void None_means_a_system_message()
    {
        var export = new WhatsAppExport()
            .Add(Day, null, "Messages and calls are end-to-end encrypted. Learn more: https://example.org/x")
            .Add(Day, null, "Ann created group \"a:b\"")
            .Add(Day, null, "Ann changed the subject to: Fun")
            .Add(Day, null, $"{Mark}You turned on disappearing messages. New ones disappear: after 24 hours")
            .Add(Day, null, "Bob joined at 10:30")
            .Add(Day, "Ann", "hi").Export();
        Assert.Equal(["hi"], export.Texts());
        Assert.Equal(5, export.Report().Skipped["system message"]);
    }

    [Theory]
    [InlineData("Ann hat den Gruppennamen zu „Fest: Samstag“ geändert.")]
    [InlineData("Ann a changé le nom du groupe en « Fête : samedi ».")]
    [InlineData("Ann renamed this here to \"Party: Saturday\"")]
    [InlineData("Ann renamed this here to “Party: Saturday”")]
    [InlineData("Annさんがグループ名を「祭り: 土曜日」に変更しました")]
    public void A_colon_in_a_groups_new_name_makes_nobody_an_author(string notice)
    {
        var export = new WhatsAppExport().Add(Day, null, notice).Add(Day, "Ann \"the voice\" of Bath", "hi").Export();
        Assert.Equal("Ann \"the voice\" of Bath", Assert.Single(export.Messages()).Author);
        Assert.Equal(1, export.Report().Skipped["system message"]);
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

    [Fact]
    public void A_large_group_that_begins_with_those_who_came_is_a_chat()
    {
        var group = new WhatsAppExport();
        for (var i = 0; i < 250; i++)
            group.Add(Day.AddMinutes(i), null, $"Person {i} dołączył(a)");
        var report = group.Add(Day.AddDays(1), "Ann", "hi").Export().Report();
        Assert.Equal((1L, 250L), (report.Messages, report.Skipped["system message"]));
    }

    [Fact]
    public void Headers_that_differ_in_more_than_digits_are_read_one_by_one()
    {
        string[] times = ["1/2/25, 9:05 AM", "1/2/25, 12:05 AM", "1/2/25, 9:05 PM", "12/13/25, 10:05 PM", "1/2/2025, 9:05 AM", "1/2/25, 13:05"];
        var text = string.Concat(Enumerable.Repeat(times, 3).SelectMany(time => time).Select(time => $"{time} - Ann: a longer text, for all\n"));
        var hours = TestExport.Of(text).Messages().Select(message => (message.SentAt!.Value.Day, message.SentAt.Value.Hour)).ToList();
        Assert.Equal([(2, 9), (2, 0), (2, 21), (13, 22), (2, 9), (2, 13)], hours.Take(6));
        Assert.Equal([.. hours.Take(6), .. hours.Take(6), .. hours.Take(6)], hours);
    }

    [Fact]
    public void Authors_are_told_apart_however_alike_their_names_are()
    {
        string[] names = ["+49 170 1234567", "+48 170 1234567", "B", "Bob", "1234567", "Ann:x", "Ann"];
        var chat = new WhatsAppExport();
        for (var i = 0; i < 30; i++)
            chat.Add(Day.AddMinutes(i), names[i % names.Length], "hi");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => names[i % names.Length]), chat.Export().Messages().Select(message => message.Author));
    }

    [Fact]
    public void Newer_iOS_gives_system_messages_an_author_too()
    {
        var export = new WhatsAppExport { Header = WhatsAppExport.Ios }
            .Add(Day, "Choir", $"{Mark}Ann created this group")
            .Add(Day, "Ann", "hi")
            .Add(Day, "Ann", $"{Mark}Missed voice call")
            .Add(Day, "Bob", $"{Mark}Du hast Ann hinzugefügt").Export();
        Assert.Equal(["hi"], export.Texts());
        Assert.Equal(3, export.Report().Skipped["system message"]);
        Assert.Equal(1, export.Report().Participants);
    }

    [Fact]
    public void A_text_that_starts_right_after_the_colon_happens()
    {
        var export = new WhatsAppExport().Raw("04/03/2025, 14:05 - Ann:hi").Raw("04/03/2025, 14:06 - Bob Smith:yes")
            .Raw("04/03/2025, 14:07 - Ann:12:30").Raw("04/03/2025, 14:08 - Ann:\nbelow").Raw($"04/03/2025, 14:09 - Cem:{Mark}image omitted");
        Assert.Equal(
            [("Ann", "hi"), ("Bob Smith", "yes"), ("Ann", "12:30"), ("Ann", "below")],
            export.Export().Messages().Select(m => (m.Author!, m.Text)));
    }

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

    [Fact]
    public void Messages_and_skipped_add_up_to_the_headers_in_the_file()
    {
        var report = WhatsAppExport.Small().Report();
        Assert.Equal(9, report.Messages + report.Skipped.Values.Sum());
        Assert.Equal(4, report.Messages);
        Assert.Equal(
            [("deleted message", 1L), ("empty text", 1L), ("media only", 2L), ("system message", 1L)],
            report.Skipped.OrderBy(skip => skip.Key, StringComparer.Ordinal).Select(skip => (skip.Key, skip.Value)));
    }

    [Theory]
    [InlineData("13/1/2025", "1/2/2025", true)]
    [InlineData("1/2/2025", "1/13/2025", false)]
    public void Any_first_field_over_12_says_day_first_and_any_second_over_12_month_first(string one, string other, bool dayFirst)
    {
        foreach (var (first, second) in ((string, string)[])[(one, other), (other, one)])
        {
            var export = TestExport.Of($"{first}, 10:00 - Ann: a\n{second}, 10:00 - Ann: b\n");
            var months = export.Messages().Select(message => message.SentAt!.Value.Month);
            Assert.Equal(dayFirst ? [1, 2] : [1, 1], months.Order());
            Assert.DoesNotContain(export.Report().Assumptions, text => text.Contains("dayfirst", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/", false)]
    [InlineData(".", true)]
    public void Else_the_field_that_changes_more_often_is_the_day(string separator, bool dayFirst)
    {
        var text = new StringBuilder();
        for (var day = 1; day <= 12; day++)
            text.Append(dayFirst ? $"{day}{separator}5" : $"5{separator}{day}").Append($"{separator}2025, 10:00 - Ann: a\n");
        var export = TestExport.Of(text.ToString());
        Assert.All(export.Messages(), message => Assert.Equal(5, message.SentAt!.Value.Month));
        Assert.Contains(export.Report().Assumptions, said => said.Contains(dayFirst ? "day first" : "month first", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData('.')]
    [InlineData('-')]
    public void Dates_with_dots_or_dashes_have_the_day_first_unless_a_number_says_otherwise(char separator)
    {
        var text = string.Concat(Enumerable.Range(1, 5).Select(month => $"4{separator}{month}{separator}2025, 10:00 - Ann: a\n"));
        Assert.All(TestExport.Of(text).Messages(), message => Assert.Equal(4, message.SentAt!.Value.Day));
        var other = TestExport.Of($"{text}4{separator}28{separator}2025, 10:00 - Ann: b\n").Messages();
        Assert.All(other, message => Assert.Equal(4, message.SentAt!.Value.Month));
    }

    [Fact]
    public void A_first_number_that_never_changes_while_the_third_does_is_a_year()
    {
        var text = string.Concat(Enumerable.Range(10, 19).Select(day => $"25. 3. {day}. PM 2:05 - Ann: a\n"));
        var export = TestExport.Of(text);
        Assert.Equal(
            Enumerable.Range(10, 19).Select(day => new DateTime(2025, 3, day, 14, 5, 0)),
            export.Messages().Select(message => message.SentAt!.Value.DateTime));
        Assert.Contains(export.Report().Assumptions, said => said.Contains("year first", StringComparison.Ordinal));
        Assert.All(
            TestExport.Of(text, new ReadingOptions(DayFirst: true)).Messages(), message => Assert.Equal(25, message.SentAt!.Value.Day));
    }

    [Fact]
    public void The_user_overrides_which_is_the_day()
    {
        foreach (var dayFirst in (bool[])[true, false])
        {
            var message = Assert.Single(TestExport.Of("3/4/25, 10:00 - Ann: a", new ReadingOptions(DayFirst: dayFirst)).Messages());
            Assert.Equal(dayFirst ? 4 : 3, message.SentAt!.Value.Month);
        }
    }

    [Fact]
    public void There_is_no_time_zone_until_the_user_names_one()
    {
        var zone = new ReadingOptions(TimeZone: "Europe/Berlin");
        var message = Assert.Single(TestExport.Of("13/7/25, 10:00 - Ann: a", zone).Messages());
        Assert.Equal((new DateTime(2025, 7, 13, 8, 0, 0), SentZone.Given), (message.SentAt!.Value.UtcDateTime, message.Zone));
    }

    [Fact]
    public void File_order_is_kept_though_times_run_backwards()
    {
        var export = new WhatsAppExport().Add(Day, "Ann", "one").Add(Day.AddHours(-1), "Bob", "two").Add(Day, "Ann", "three");
        Assert.Equal(["one", "two", "three"], export.Export().Texts());
    }

    [Fact]
    public void A_long_chat_is_sampled_by_the_smallest_ids_of_all()
    {
        var chat = new WhatsAppExport();
        for (var i = 0; i < 3000; i++)
            chat.Add(Day.AddMinutes(i / 2 * 3), i % 3 == 0 ? "Ann" : "Bob", i % 50 < 2 ? "yes" : $"text {i}");
        var messages = chat.Export().Messages();
        Assert.Equal(messages.Count, messages.Select(message => message.Id).Distinct().Count());
        Assert.Equal(
            messages.Select(message => message.Id).Order(StringComparer.Ordinal).Take(ConversationRef.SampleSize),
            messages[0].Conversation.Sample.Select(mark => mark.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_later_export_gives_the_same_messages_the_same_ids()
    {
        var first = new WhatsAppExport().Add(Day, "Ann", "one").Add(Day, "Ann", "one").Add(Day, "Bob", "two").Export().Messages();
        var later = new WhatsAppExport { Header = WhatsAppExport.Ios }
            .Add(Day, "Ann", "one").Add(Day, "Ann", "one").Add(Day, "Bob", "two").Add(Day, "Ann", "three").Export().Messages();
        Assert.Equal(3, first.Select(message => message.Id).Distinct().Count());
        Assert.Equal(first.Select(message => message.Id), later.Take(3).Select(message => message.Id));
        Assert.NotEmpty(later[0].Conversation.Sample);
        Assert.Null(later[0].Conversation.Id);
    }

    [Theory]
    [InlineData("WhatsApp Chat with Ann & Bob.txt", "Ann & Bob")]
    [InlineData("WhatsApp Chat - Choir/_chat.txt", "Choir")]
    [InlineData("exports/Chat de WhatsApp con Ann.txt", "Ann")]
    [InlineData("与安的 WhatsApp 聊天.txt", "安")]
    [InlineData("_chat.txt", null)]
    [InlineData("notes.txt", null)]
    public void The_files_name_names_the_chat(string path, string? title) =>
        Assert.Equal(title, new WhatsAppExport().Add(Day, "Ann", "hi").Export(path).Messages()[0].Conversation.Title);

    [Fact]
    public void On_iOS_the_first_line_names_the_chat() => Assert.Equal("Choir", WhatsAppExport.Small().Messages()[0].Conversation.Title);

    [Fact]
    public void Whoever_is_in_nobodys_contacts_has_no_tilde() =>
        Assert.Equal("Bob", WhatsAppExport.Small().Messages()[1].Author);

    [Theory]
    [InlineData("2025-03-04 14:05:09: INFO: started\n2025-03-04 14:05:10: ERROR: stopped")]
    [InlineData("[2025-03-04 14:05:09] local.ERROR: stopped\n[2025-03-04 14:05:10] local.INFO: on")]
    [InlineData("12.3.2022 14:08 - Meeting notes\nall were there")]
    [InlineData("Dear Ann,\n04/03/2025, 14:05 - Bob: hi")]
    [InlineData("04/03/2025 was a good day: it rained")]
    [InlineData("04/03/2025 14:05 - the pump is on\n04/03/2025 14:06 - the pump is off")]
    public void A_computers_log_and_other_texts_are_no_chats(string text) =>
        Assert.DoesNotContain("messages[", TestExport.Of(text).Refusal().Place ?? "", StringComparison.Ordinal);

    [Fact]
    public void Whose_name_ends_as_a_log_does_is_a_person_all_the_same() =>
        Assert.Equal("Garden Info", new WhatsAppExport().Add(Day, "Garden Info", "hi").Export().Messages()[0].Author);

    [Fact]
    public void A_byte_that_is_no_UTF8_is_told_with_its_place()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("04/03/2025, 14:05 - Ann: hi\n04/03/2025, 14:05 - Ann: caf"), 0xE9, (byte)'\n'];
        var error = new TestExport().With("", bytes).Refusal();
        Assert.Equal((FileErrorKind.Damaged, "messages[1], line 2, byte 56"), (error.Kind, error.Place));
        Assert.Contains("UTF-8", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_before_damage_is_read_where_the_setting_says_so()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("04/03/2025, 14:05 - Ann: hi\n04/03/2025, 14:05 - Ann: caf"), 0xE9, (byte)'\n'];
        var export = new TestExport { Parsing = new ParsingOptions { OnDamage = OnDamage.Keep } }.With("", bytes);
        Assert.Equal(["hi"], export.Texts());
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void A_message_that_is_too_long_fails_the_file_with_its_place()
    {
        var parsing = new ParsingOptions { MaxMessageBytes = 1024 };
        var text = new WhatsAppExport().Add(Day, "Ann", "hi").Add(Day, "Ann", new string('x', 2000)).Add(Day, "Ann", "hi");
        var error = new TestExport { Parsing = parsing }.With("", Content(text)).Refusal();
        Assert.Equal("messages[1], line 2, byte 28", error.Place);
        Assert.Contains("Parsing:MaxMessageBytes", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chat_far_longer_than_the_window_is_read_as_a_whole()
    {
        var export = new WhatsAppExport();
        var texts = Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? $"line {i}\nand é\u4F60 {new string('y', 1 + (i * 7919 % 30_000))}" : $"message {i}").ToArray();
        for (var i = 0; i < texts.Length; i++)
            export.Add(Day.AddMinutes(i), i % 3 == 0 ? "Ann" : "Bob Smith", texts[i]);
        Assert.Equal(texts, TestExport.Of(Content(export)).Texts());
    }

    private static string Content(WhatsAppExport export) => export.ToString();
}
