using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>The times of tables, which people's own programs write.</summary>
public sealed class CsvTimeTests
{
    [Theory]
    [InlineData(null, "1999-04-13", "13/04/99 10:00")]
    [InlineData(null, "2024-02-28", "28/02/24 10:00")]
    [InlineData(null, "2060-02-28", "28/02/60 10:00")]
    [InlineData(null, "1999-04-13", "13.4.1999")]
    [InlineData(null, "2005-03-16", "15/03/05 10:00", "16/03/05 10:00")]
    [InlineData(true, "2005-03-16", "15/03/05 10:00", "16/03/05 10:00")]
    [InlineData(false, "2005-04-03", "04/03/05 10:00")]
    public void Years_before_WhatsApp_are_years_too(bool? dayFirst, string date, params string[] times) =>
        Assert.Equal(date, Table(times, dayFirst).Messages()[^1].SentAt!.Value.ToString("yyyy-MM-dd", null));

    [Fact]
    public void That_the_year_is_last_is_told_where_it_could_be_first()
    {
        Assert.Contains(
            Table(["15/03/05 10:00", "16/03/05 10:00"]).Report().Assumptions,
            assumption => assumption.Contains("with the day first and the year last", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Table(["15/03/2005 10:00"]).Report().Assumptions, assumption => assumption.Contains("first", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12_000)]
    public void Times_of_another_kind_before_dates_with_the_year_last_do_not_keep_the_assumption_from_being_told(int others)
    {
        var table = Table([.. Enumerable.Repeat("2024-01-02 10:00", others), "03/04/2024", "2024/1/2", "04/05/2024"]);
        Assert.Equal((4, 1, 5), (Month(^3), Month(^2), Month(^1)));
        Assert.Contains(
            table.Report().Assumptions, assumption => assumption.Contains("with the day first", StringComparison.Ordinal));

        int Month(Index at) => table.Messages()[at].SentAt!.Value.Month;
    }

    [Fact]
    public void A_later_date_settles_which_is_the_day_behind_times_of_another_kind() =>
        Assert.Equal(3, Table(["2024-01-02", "03/04/2024", "2024-01-02", "03/14/2024"]).Messages()[1].SentAt!.Value.Month);

    [Theory]
    [InlineData("2023", true)]
    [InlineData("45025.5", true)]
    [InlineData("99999999999", true)]
    [InlineData("1985-01-02", false)]
    [InlineData("20230409", false)]
    [InlineData("20240506070809", false)]
    [InlineData("1741097109", false)]
    public void Numbers_that_are_hardly_seconds_since_1970_are_told(string time, bool told)
    {
        var table = Table([time, time]);
        Assert.NotNull(table.Messages()[1].SentAt);
        var warnings = table.Report().Warnings;
        Assert.Equal(told ? 1 : 0, warnings.Count(warning => warning.Contains("seconds since 1970", StringComparison.Ordinal)));
        Assert.Equal(told ? 1 : 0, warnings.Count);
    }

    private static TestExport Table(string[] times, bool? dayFirst = null)
    {
        var table = new CsvExport(["author", "timestamp", "text"]);
        foreach (var time in times)
            table.Add("Ann", time, "hi");
        return TestExport.Of(table.ToString(), new ReadingOptions(DayFirst: dayFirst));
    }
}
