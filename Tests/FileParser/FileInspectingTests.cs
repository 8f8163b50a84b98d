using System.Text.Json;
using ChatAnalysis.Grains;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

public sealed class FileInspectingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Stored => _folder.PathOf("0");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_file_is_told_by_its_report_and_its_first_messages(int messages)
    {
        var inspection = await InspectAsync(TestParser.Prototype(5), messages);

        Assert.Equal(("prototype", 5L, 1), (inspection.Report!.Format, inspection.Report.Messages, inspection.Report.Conversations));
        Assert.Equal(Enumerable.Range(0, Math.Min(messages, 5)).Select(TestParser.Text), inspection.Messages.Select(message => message.Text));
        Assert.Null(inspection.Error);
    }

    [Fact]
    public async Task A_file_that_would_be_refused_is_told_by_its_error()
    {
        var inspection = await InspectAsync("""{"messages": ["one", """, 10);

        Assert.Equal(FileErrorKind.Damaged, inspection.Error!.Kind);
        Assert.NotNull(inspection.Error.Place);
        Assert.Null(inspection.Report);
        Assert.Empty(inspection.Messages);
    }

    [Fact]
    public async Task What_is_very_long_in_a_message_is_cut_short()
    {
        var text = new string('x', 9_999) + "🎉🎉";
        var message = new { text, author = new string('a', 2_000), timestamp = "2025-01-02T03:04:05Z" };

        var inspection = await InspectAsync(JsonSerializer.Serialize(new { messages = new[] { message } }), 10);

        var preview = Assert.Single(inspection.Messages);
        Assert.Equal(text[..9_999], preview.Text);
        Assert.Equal(message.author[..500], preview.Author);
        Assert.NotNull(preview.SentAt);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_unreadable()
    {
        var inspection = await InspectAsync(null, 10);

        Assert.Equal(FileErrorKind.Unreadable, inspection.Error!.Kind);
    }

    [Fact]
    public async Task The_inspection_of_a_file_that_is_deleted_meanwhile_ends()
    {
        var inspection = await InspectAsync(TestParser.Prototype(5), 10, new DeletingClock(Stored));

        Assert.Equal((FileErrorKind.Unreadable, "the stored file was deleted while it was being inspected"), (inspection.Error!.Kind, inspection.Error.Detail));
    }

    [Fact]
    public async Task An_inspection_whose_caller_goes_away_ends() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => InspectAsync(TestParser.Prototype(5), 10, cancellationToken: new CancellationToken(canceled: true)));

    private Task<FileInspection> InspectAsync(
        string? export, int messages, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        if (export is not null)
            File.WriteAllText(Stored, export);
        var file = new UploadedFile("chat.json", "0", export?.Length ?? 0, new string('0', 64));
        return new FileInspecting(new StorageOptions(_folder.Path, _folder.Path), new ParsingOptions(), time ?? TimeProvider.System)
            .InspectAsync(new FileInspectionRequest(file, ReadingOptions.Default, messages), cancellationToken);
    }

    /// <summary>As soon as anybody asks it for a timer, the file is deleted and the timer goes off.</summary>
    private sealed class DeletingClock(string path) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            File.Delete(path);
            callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
