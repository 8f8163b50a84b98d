using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class WhatsAppFormatTests
{
    private const string Mark = WhatsAppExport.Mark;

    private static readonly DateTime Day = new(2025, 3, 4, 14, 5, 9);

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
    public void The_author_runs_to_the_first_colon_and_space()
    {
        var export = new WhatsAppExport().Add(Day, "Ann: x", "y: z").Add(Day, "Dr. B: (work)", "at 10:30: no");
        Assert.Equal([("Ann", "x: y: z"), ("Dr. B", "(work): at 10:30: no")], export.Export().Messages().Select(m => (m.Author!, m.Text)));
    }

    [Fact]
    public void An_author_who_wrote_before_ends_at_the_first_colon_even_where_no_space_follows_it()
    {
        var export = new WhatsAppExport().Add(Day, "Ann", "hi").Raw("04/03/2025, 14:06 - Ann:see you at 5: ok?")
            .Raw("04/03/2025, 14:07 - Eve:who: me?").Raw("04/03/2025, 14:08 - Ann: no: you");
        Assert.Equal(
            [("Ann", "hi"), ("Ann", "see you at 5: ok?"), ("Eve:who", "me?"), ("Ann", "no: you")],
            export.Export().Messages().Select(m => (m.Author!, m.Text)));
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
}
