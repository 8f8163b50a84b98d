using System.Globalization;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes chats as WhatsApp exports them, in the way of a telephone that is set to this or that.</summary>
internal sealed class WhatsAppExport
{
    public const string Mark = "\u200E";

    private readonly StringBuilder _text = new();

    /// <summary>How a message begins; {0} is the time it was sent, {1} the author.</summary>
    public string Header { get; init; } = Android;

    public string LineEnd { get; init; } = "\n";

    public ReadingOptions Options { get; init; } = ReadingOptions.Default;

    public static string Android => "{0:dd'/'MM'/'yyyy, HH:mm} - {1}";

    public static string Ios => "[{0:dd'/'MM'/'yy, HH:mm:ss}] {1}";

    /// <summary>A message of a person; without an author, something that WhatsApp tells.</summary>
    public WhatsAppExport Add(DateTime at, string? author, string text)
    {
        _text.Append(string.Format(CultureInfo.InvariantCulture, Header, at, author is null ? text : $"{author}: {text}")).Append(LineEnd);
        return this;
    }

    /// <summary>A line as it is.</summary>
    public WhatsAppExport Raw(string line)
    {
        _text.Append(line).Append(LineEnd);
        return this;
    }

    public TestExport Export(string path = "") => new TestExport { Options = Options }.With(path, _text.ToString());

    /// <summary>The file.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A small chat with what is awkward in them, from an iPhone.</summary>
    public static TestExport Small()
    {
        var at = new DateTime(2025, 3, 4, 14, 5, 9);
        return new WhatsAppExport { Header = Ios, LineEnd = "\r\n" }
            .Add(at, "Choir", $"{Mark}Messages and calls are end-to-end encrypted.")
            .Add(at.AddSeconds(1), "Ann", "the hall is locked: who has the key?\n\nI am at the door\n[see below]")
            .Add(at.AddMinutes(1), "~\u202FBob", "so do I \U0001F600")
            .Raw($"{Mark}[04/03/25, 14:06:30] Ann: {Mark}<attached: 00000003-PHOTO-2025-03-04-14-06-30.jpg>")
            .Add(at.AddMinutes(2), "\u202A+49 170 0000000\u202C", $"the view {Mark}<attached: 00000004-PHOTO-2025-03-04-14-07-09.jpg>")
            .Add(at.AddDays(20), "Ann", $"{Mark}image omitted")
            .Add(at.AddDays(20), "Ann", $"hi @\u2068Bob\u2069 {Mark}<This message was edited>")
            .Add(at.AddDays(21), "Bob", $"{Mark}This message was deleted.")
            .Add(at.AddDays(21), "Ann", "")
            .Export();
    }
}
