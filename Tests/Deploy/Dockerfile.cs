using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>The instructions of deploy/Dockerfile by stage.</summary>
internal sealed partial class Dockerfile
{
    private readonly Dictionary<string, (string Parent, List<(string Keyword, string Text)> Instructions)> _stages = [];

    private Dockerfile()
    {
        var text = string.Join('\n', File.ReadLines(Repository.PathOf("deploy", "Dockerfile")).Where(line => !line.StartsWith('#')));
        var instructions = Global;
        foreach (Match instruction in Instruction().Matches(text.Replace("\\\n", " ", StringComparison.Ordinal)))
        {
            var (keyword, value) = (instruction.Groups["keyword"].Value, instruction.Groups["text"].Value);
            if (keyword == "FROM")
                _stages[value.Split(" AS ")[1]] = (value.Split(" AS ")[0], instructions = []);
            else
                instructions.Add((keyword, value));
        }
    }

    public static Dockerfile Current { get; } = new();

    /// <summary>What stands before the first stage.</summary>
    public List<(string Keyword, string Text)> Global { get; } = [];

    public IEnumerable<string> Stages => _stages.Keys;

    /// <summary>What each stage is made from.</summary>
    public IEnumerable<string> Images => _stages.Values.Select(stage => stage.Parent);

    /// <summary>The instructions of this kind that make a stage, those of the stages it is made from first.</summary>
    public IEnumerable<string> Of(string stage, string keyword) => _stages.TryGetValue(stage, out var found)
        ? Of(found.Parent, keyword).Concat(found.Instructions.Where(i => i.Keyword == keyword).Select(i => i.Text))
        : [];

    /// <summary>The environment that a stage gives its program.</summary>
    public Dictionary<string, string> EnvironmentOf(string stage) => Of(stage, "ENV")
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The path that a stage's health check asks for.</summary>
    public string HealthPathOf(string stage) => WordsOf(Of(stage, "HEALTHCHECK").Last())[1];

    /// <summary>The words of a command in JSON's form.</summary>
    public static string[] WordsOf(string command) =>
        JsonSerializer.Deserialize<string[]>(command[command.IndexOf('[', StringComparison.Ordinal)..])!;

    [GeneratedRegex("^(?<keyword>[A-Z]+) +(?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Instruction();
}
