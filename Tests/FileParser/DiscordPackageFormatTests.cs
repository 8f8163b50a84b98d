using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class DiscordPackageFormatTests
{
    [Fact]
    public void What_the_builder_put_in_comes_out()
    {
        var messages = DiscordPackageExport.Small().Messages();
        Assert.Equal(
            [
                ("200", "Garden / general", "897870239797215243", "first"), ("200", "Garden / general", "897870239797215244", "second"),
                ("300", "Direct Message with bob#0", "4", "plain"), ("300", "Direct Message with bob#0", "5", "a \"quoted\" word, and\r\na second line"),
            ],
            messages.Select(m => (m.Conversation.Id!, m.Conversation.Title!, m.Id!, m.Text)));
        Assert.Equal(["a.png", "SPOILER_b.pdf"], messages[0].Attachments);
        Assert.Equal(["d.png"], messages[2].Attachments);
        Assert.All(messages, m => Assert.Equal(("11", "ann"), (m.AuthorId, m.Author)));

        var report = DiscordPackageExport.Small().Report();
        Assert.Equal(("discord", "data package", 4L, 2), (report.Format, report.Variant, report.Messages, report.Conversations));
        Assert.Equal(new Dictionary<string, long> { ["media only"] = 1, ["empty text"] = 2 }, report.Skipped);
        Assert.Equal(["the data package holds only what the account's owner wrote"], report.Assumptions);
    }

    [Fact]
    public void Both_of_its_shapes_come_in_the_order_of_time_though_the_newest_stands_first()
    {
        Assert.Equal(4, ReadInOrder.Everywhere(DiscordPackageExport.Small()).Count);
        string[] rows = ["4,2020-01-01 00:00:04,\"d\nd\",", "3,2020-01-01 00:00:03,,x/y.png", "2,2020-01-01 00:00:02,b 😀,x/z.png", "1,2020-01-01 00:00:01,a,"];
        var table = TestExport.Of("\uFEFF" + DiscordPackageExport.Csv + string.Join("\r\n", rows));
        Assert.Equal([("1", "a"), ("2", "b 😀"), ("4", "d\nd")], ReadInOrder.Everywhere(table, "messages.csv").Select(m => (m.Id!, m.Text)));
        Assert.Equal(["z.png"], table.Messages()[1].Attachments);
        var list = TestExport.Of("""
            [{"ID":4,"Timestamp":"2020-01-01 00:00:04","Contents":"d"},{"ID":1,"Timestamp":"2020-01-01 00:00:01","Contents":"a"},
             {"ID":2,"Timestamp":"2020-01-01 00:00:02","Contents":"b"}]
            """);
        Assert.Equal([("1", "a"), ("2", "b"), ("4", "d")], ReadInOrder.Everywhere(list).Select(m => (m.Id!, m.Text)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_table_comes_in_the_order_of_time_whether_it_runs_backwards_or_in_no_order(bool isShuffled)
    {
        int[] numbers = [.. Enumerable.Range(0, 2000).Reverse()];
        if (isShuffled)
            new Random(7).Shuffle(numbers);
        var rows = numbers.Select(i => $"{i},2020-01-01 00:{i / 60:00}:{i % 60:00},\"{i:0000}{new string('\n', i % 200)}\",x/y.png");

        // One that is damaged and one without a text stand between.
        const string Others = "\r\nx,\"y\"z,,\r\n7,2020-01-01 00:00:00,,";
        var table = DiscordPackageExport.Csv + string.Join("\r\n", rows.Select((row, i) => i % 50 == 7 ? row + Others : row));
        var export = new TestExport { Parsing = new() { OnDamage = Grains.FileParser.OnDamage.Keep } }.With("", table);
        var messages = export.Messages();
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"{i:0000}"), messages.Select(m => m.Text.TrimEnd()));
        Assert.Equal(messages.Skip(1100).Select(m => m.Text), export.Messages(1100).Select(m => m.Text));
        Assert.Equal(40L, export.Report().Skipped["damaged"]);
    }

    [Fact]
    public void A_file_alone_has_the_same_ids_when_a_later_package_holds_more()
    {
        const string Old = "897870239797215244,2021-10-13 15:36:46,b,\r\n897870239797215243,2021-10-13 15:35:46,a,";
        var earlier = TestExport.Of(DiscordPackageExport.Csv + Old).Messages();
        var later = TestExport.Of(DiscordPackageExport.Csv + "897870239797215245,2021-10-13 15:37:46,c,\r\n" + Old).Messages();
        Assert.Equal(["a", "b"], earlier.Select(m => m.Text));
        Assert.Equal(earlier.Select(m => (m.Text, m.Id)), later.Take(2).Select(m => (m.Text, m.Id)));
    }

    [Theory]
    [InlineData("2,2020-01-01 00:00:02,b,\r\n1,2020-01-01 00:00:01,a,\r\n0,\"", true)]
    [InlineData("""{"ID":2,"Timestamp":"2020-01-01 00:00:02","Contents":"b"},{"ID":1,"Timestamp":"2020-01-01 00:00:01","Contents":"a"},7]""", false)]
    public void What_stood_before_a_damage_comes_in_order_where_damages_are_kept(string entries, bool isTable)
    {
        var export = new TestExport { Parsing = new() { OnDamage = Grains.FileParser.OnDamage.Keep } }
            .With("", (isTable ? DiscordPackageExport.Csv : "[") + entries);
        Assert.Equal(["a", "b"], ReadInOrder.Everywhere(export, isTable ? "messages.csv" : "messages.json").Select(m => m.Text));
        Assert.Single(export.Report().Warnings);
    }

    [Fact]
    public void Its_times_are_in_UTC_whether_it_says_so_or_not()
    {
        var messages = DiscordPackageExport.Small().Messages();
        Assert.All(messages, m => Assert.Equal(SentZone.Exact, m.Zone));
        Assert.Equal(new DateTimeOffset(2021, 10, 13, 15, 35, 46, TimeSpan.Zero), messages[0].SentAt);
        Assert.Equal(new DateTimeOffset(2020, 8, 25, 22, 54, 5, 726, TimeSpan.Zero), messages[3].SentAt);
    }

    [Fact]
    public void Two_packages_of_one_upload_have_each_their_owner_and_their_index()
    {
        static TestExport With(TestExport export, string folder, string owner) => export
            .With($"{folder}/Konto/user.json", $$"""{"id":"{{owner}}","username":"{{owner}}","global_name":"{{owner.ToUpperInvariant()}}"}""")
            .With($"{folder}/messages/index.json", $$"""{"1":"with {{owner}}"}""")
            .With($"{folder}/messages/c1/channel.json", """{"id":"1"}""")
            .With($"{folder}/messages/c1/messages.csv", DiscordPackageExport.Csv + "1,2020-01-01 00:00:00,a,");
        Assert.Equal(
            [("ann", "ANN", "with ann"), ("bob", "BOB", "with bob")],
            With(With(new TestExport(), "one", "ann"), "two", "bob").Messages().Select(m => (m.AuthorId!, m.Author!, m.Conversation.Title!)));
    }

    [Theory]
    [InlineData("messages/c77", "77")]
    [InlineData("messages/77", "77")]
    [InlineData("messages", null)]
    public void Without_its_own_file_a_channel_is_known_by_its_folder(string folder, string? id) =>
        Assert.Equal(id, Assert.Single(new TestExport().With($"{folder}/messages.csv", DiscordPackageExport.Csv + "1,2020-01-01 00:00:00,a,").Messages())
            .Conversation.Id);

    [Fact]
    public void A_file_alone_is_recognised_again_by_its_messages_ids()
    {
        var messages = TestExport.Of(
            DiscordPackageExport.Csv + "897870239797215243,2021-10-13 15:35:46,a,\r\n897870239797215244,2021-10-13 15:36:46,b,").Messages();
        Assert.Equal(messages.Select(m => m.Id), messages[0].Conversation.Sample.Select(mark => mark.Id));
        Assert.All(messages, m => Assert.True(m.IsIdentified));
    }

    [Fact]
    public void A_file_alone_is_recognised_by_its_columns()
    {
        Assert.Equal(["a"], TestExport.Of("\uFEFF" + DiscordPackageExport.Csv + "1,2020-01-01 00:00:00,a,").Texts());
        Assert.Equal(["a"], TestExport.Of("""[{"ID":"1","Timestamp":"2020-01-01 00:00:00","Contents":"a"}]""").Texts());
    }

    [Theory]
    [InlineData("1,2020-01-01 00:00:00,\"a", "a field that begins with a quote has to end with one")]
    [InlineData("1,2020-01-01 00:00:00,\"a\"b,", "a field that begins with a quote has to end with one")]
    [InlineData("1,2020-01-01 00:00:00,a", "a row of 3 fields where the first line names 4")]
    [InlineData("1,2020-01-01 00:00:00,a,b,c", "a row of 5 fields where the first line names 4")]
    public void A_row_that_is_none_is_refused_with_its_place(string row, string detail)
    {
        var error = TestExport.Of(DiscordPackageExport.Csv + row).Refusal();
        Assert.StartsWith(detail, error.Detail, StringComparison.Ordinal);
        Assert.Equal("rows[0], line 2, byte 35", error.Place);
    }

    [Fact]
    public void A_field_is_as_long_as_a_message_may_be()
    {
        var row = "1,2020-01-01 00:00:00," + new string('x', 5000) + ",";
        Assert.Equal(5000, Assert.Single(TestExport.Of(DiscordPackageExport.Csv + row).Texts()).Length);
        var export = new TestExport { Parsing = new() { MaxMessageBytes = 4096 } }.With("", DiscordPackageExport.Csv + row);
        Assert.StartsWith("a row longer than the setting Parsing:MaxMessageBytes", export.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_UTF_8_is_refused() =>
        Assert.StartsWith(
            "not UTF-8",
            new TestExport().With("", [.. Encoding.ASCII.GetBytes(DiscordPackageExport.Csv + "1,2020-01-01 00:00:00,a"), 0xE9, (byte)','])
                .Refusal().Detail,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{"ID":1,"Timestamp":"2020-01-01 00:00:00","Contents":7}]""", "Contents must be a text")]
    [InlineData("""[{"ID":1,"Timestamp":"2020-01-01 00:00:00","Contents":"a"},7]""", "an entry must be an object with ID, Timestamp and Contents")]
    public void What_breaks_the_rules_is_refused(string export, string detail) =>
        Assert.Equal(detail, TestExport.Of(export).Refusal().Detail);

    [Fact]
    public void What_is_told_of_a_message_may_be_of_any_kind_but_its_text() =>
        Assert.Equal(["a"], new TestExport()
            .With("m/channel.json", """{"id":{},"guild":7,"name":[]}""")
            .With("m/index.json", """{"1":7}""")
            .With("m/messages.json", """[{"ID":[],"Timestamp":7,"Contents":"a","Attachments":{}},null]""").Texts());
}
