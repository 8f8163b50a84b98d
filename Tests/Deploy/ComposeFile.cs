using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>What Docker Compose makes of its files: anchors and variables resolved, the later file laid over the first.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, string?> _variables = [];

    private ComposeFile(string[] files)
    {
        Names = files;
        Content = files.Select(Read).Aggregate((under, over) => (JsonObject)Merge(under, over));
    }

    /// <summary>The cluster, and the cluster with embedding on GPUs.</summary>
    public static IReadOnlyList<ComposeFile> All { get; } =
        [new(["docker-compose.yml"]), new(["docker-compose.yml", "docker-compose.gpu.yml"])];

    /// <summary>The files' names.</summary>
    public string[] Names { get; }

    public JsonObject Content { get; }

    public IEnumerable<(string Name, JsonObject Service)> Services => Map(Content["services"]).Select(s => (s.Key, (JsonObject)s.Value!));

    /// <summary>The services that run a program of ours until they are stopped.</summary>
    public IEnumerable<(string Name, JsonObject Service)> Programs => Services.Where(s => s.Name is not ("rabbitmq" or "folders"));

    /// <summary>The variables that the files ask for, with their defaults; null where they have to be set.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    /// <summary>The stage of the Dockerfile that a program's image is made from.</summary>
    public string StageOf(JsonObject program)
    {
        var builds = Services.Where(s => $"{s.Service["image"]}" == $"{program["image"]}").Select(s => s.Service["build"]);
        return $"{Assert.Single(builds.OfType<JsonObject>())["target"]}";
    }

    /// <summary>A mapping's entries; none where it is missing.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Map(JsonNode? node) => node?.AsObject() ?? [];

    /// <summary>A sequence's texts; none where it is missing.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node?.AsArray().Select(item => $"{item}") ?? [];

    private JsonObject Read(string file)
    {
        using var text = new StreamReader(Repository.PathOf("deploy", file));
        var content = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(text)));
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(content);
        return (JsonObject)Resolve(JsonNode.Parse(json)!);
    }

    private JsonNode Resolve(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, e.Value is null ? null : Resolve(e.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Resolve(item!))]),
        _ => JsonValue.Create(Variable().Replace($"{node}", Value)),
    };

    private string Value(Match variable)
    {
        if (!variable.Groups["name"].Success)
            return "$";
        var fallback = variable.Groups["default"] is { Success: true } text ? text.Value : null;
        var name = variable.Groups["name"].Value;
        if (_variables.TryGetValue(name, out var before))
            Assert.Equal(before, fallback);
        _variables[name] = fallback;
        return fallback ?? name;
    }

    private static JsonNode Merge(JsonNode under, JsonNode over)
    {
        if (under is JsonArray first && over is JsonArray second)
            return new JsonArray([.. first.Concat(second).Select(item => item!.DeepClone())]);
        if (under is not JsonObject map || over is not JsonObject laid)
            return over.DeepClone();
        var merged = (JsonObject)map.DeepClone();
        foreach (var (key, value) in laid)
            merged[key] = map[key] is { } old ? Merge(old, value!) : value?.DeepClone();
        return merged;
    }

    [GeneratedRegex(@"\$\$|\$\{(?<name>\w+)(:-(?<default>[^}]*)|:\?[^}]+)\}")]
    private static partial Regex Variable();
}
