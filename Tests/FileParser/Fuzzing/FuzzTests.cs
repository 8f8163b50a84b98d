using System.Globalization;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Fuzzing;

/// <summary>
/// Small exports of every format, damaged at random: <c>make fuzz</c> tries 100,000 of them, a run of all tests 2,000. What fails
/// names its number and the seed, with which it is tried alone.
/// </summary>
public class FuzzTests
{
    private const long MostBytesAllocated = 64 << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    private static int Seed => Number("CHATANALYSIS_FUZZ_SEED", 20_26);

    private static int Inputs => Number("CHATANALYSIS_FUZZ_INPUTS", 2_000);

    [Fact]
    public void However_an_export_is_damaged_it_is_read_to_the_end_or_refused_with_its_place()
    {
        var seeds = FuzzSeeds.All;
        Parallel.For(0, Inputs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            var random = new Random(unchecked((Seed * 1_000_003) + number));
            var seed = seeds[random.Next(seeds.Count)];
            var files = new Mutator(random).Mutate(seed.Export.Files);
            var export = new TestExport
            {
                Parsing = new ParsingOptions { OnDamage = random.Next(2) == 0 ? OnDamage.Refuse : OnDamage.Keep },
                Options = random.Next(4) == 0 ? new ReadingOptions("Europe/Berlin", random.Next(2) == 0) : ReadingOptions.Default,
            };
            foreach (var (path, content) in files)
                export.With(path, content);
            Try(export, random.Next(3) == 0 ? 64 : 1 << 18, $"input {number} of seed {Seed}, a damaged {seed.Name}");
        });
    }

    /// <summary>Reads an export on a thread of its own, which must end in time.</summary>
    private static void Try(TestExport export, int window, string what)
    {
        Exception? failure = null;
        var allocated = 0L;
        var thread = new Thread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Check(export.Open(window));
            }
#pragma warning disable CA1031 // Whatever it is, it is the finding.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(MostTime), $"{what}: no end after {MostTime.TotalSeconds} s");
        Assert.True(failure is null, $"{what}: {failure}");
        Assert.True(allocated < MostBytesAllocated, $"{what}: {allocated} bytes allocated");
    }

    private static void Check(ChatFile file)
    {
        var survey = file.Survey();
        if (survey.Error is { } error)
        {
            Assert.Null(survey.Report);
            Assert.NotEmpty(error.Detail);
            Assert.True(error.Kind == FileErrorKind.Unrecognised || error.Place is not null, $"no place for: {error.Detail}");
            return;
        }

        var read = 0L;
        var last = "";
        foreach (var message in ChatFile.Read(survey, 0))
        {
            Assert.Equal(read++, message.Ordinal);
            last = message.Text;
            Assert.False(message.Text.Any(char.IsSurrogate) && !IsWellFormed(message.Text), "a lone surrogate in a text");
        }

        Assert.Equal(survey.Report!.Messages, read);
        Assert.Equal(read == 0 ? [] : [last], ChatFile.Read(survey, read - 1).Select(message => message.Text));
        Assert.True(survey.Report.FirstSentAt <= survey.Report.LastSentAt || survey.Report.LastSentAt is null);
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (!char.IsHighSurrogate(text[i]) || ++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        return true;
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
