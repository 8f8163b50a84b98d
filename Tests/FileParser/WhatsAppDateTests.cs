using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Headers of WhatsApp's messages: where one begins, and when it was sent.</summary>
public sealed class WhatsAppDateTests
{
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
    public void Headers_that_differ_in_more_than_digits_are_read_one_by_one()
    {
        string[] times = ["1/2/25, 9:05 AM", "1/2/25, 12:05 AM", "1/2/25, 9:05 PM", "12/13/25, 10:05 PM", "1/2/2025, 9:05 AM", "1/2/25, 13:05"];
        var text = string.Concat(Enumerable.Repeat(times, 3).SelectMany(time => time).Select(time => $"{time} - Ann: a longer text, for all\n"));
        var hours = TestExport.Of(text).Messages().Select(message => (message.SentAt!.Value.Day, message.SentAt.Value.Hour)).ToList();
        Assert.Equal([(2, 9), (2, 0), (2, 21), (13, 22), (2, 9), (2, 13)], hours.Take(6));
        Assert.Equal([.. hours.Take(6), .. hours.Take(6), .. hours.Take(6)], hours);
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
}
