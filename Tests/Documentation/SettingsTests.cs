using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Silo.Telemetry;

namespace ChatAnalysis.Tests.Documentation;

/// <summary>docs/settings.md tells what there is, and nothing else.</summary>
public sealed partial class SettingsTests
{
    private static readonly (string Section, object Defaults)[] Sections =
    [
        ("Upload", new UploadOptions()),
        ("Parsing", new ParsingOptions()),
        ("FileParsers", new FileParsersOptions()),
        ("Embedding", new EmbeddingOptions()),
        ("Index", new VectorIndexOptions()),
        ("Cluster", new ClusterOptions()),
        ("Silo", new SiloOptions()),
        ("Telemetry", new TelemetryOptions()),
    ];

    private readonly Dictionary<string, string> _documented = Row()
        .Matches(File.ReadAllText(Repository.PathOf("docs", "settings.md")))
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["value"].Value);

    [Fact]
    public void Every_option_is_documented_with_its_default()
    {
        foreach (var (section, defaults) in Sections)
            foreach (var option in OptionsOf(defaults))
                Assert.Equal(Text(option, defaults), _documented.GetValueOrDefault($"{section}:{option.Name}"));
    }

    [Fact]
    public void Every_documented_option_exists()
    {
        var known = Sections.SelectMany(s => OptionsOf(s.Defaults).Select(o => $"{s.Section}:{o.Name}"));
        var sections = Sections.Select(s => s.Section).ToHashSet();
        Assert.Empty(_documented.Keys.Where(name => sections.Contains(name.Split(':')[0])).Except(known));
    }

    [Fact]
    public void Every_setting_that_a_document_names_is_documented()
    {
        string[] documents = [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md"), Repository.PathOf("README.md"), Repository.PathOf("CONTRIBUTING.md")];
        var sections = Sections.Select(s => s.Section).ToHashSet();
        var named = documents.SelectMany(document => Named().Matches(File.ReadAllText(document))).Select(match => match.Groups["name"].Value);
        Assert.Empty(named.Where(name => sections.Contains(name.Split(':')[0])).Except(_documented.Keys));
    }

    private static IEnumerable<PropertyInfo> OptionsOf(object options) =>
        options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static string Text(PropertyInfo option, object defaults) => option.GetValue(defaults) switch
    {
        null => "–",
        _ when defaults is FileParsersOptions && option.Name == nameof(FileParsersOptions.Count) => "cores + 2",
        bool or Enum => $"{option.GetValue(defaults)}".ToLowerInvariant(),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<value>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+:[A-Z][A-Za-z]+)(=[^`]*)?`")]
    private static partial Regex Named();
}
