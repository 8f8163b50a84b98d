using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatAnalysis.Tests.Service;

/// <summary>Small exports whose every message is known and unlike all others.</summary>
internal sealed record ChatExport(string Name, string Json, IReadOnlyList<string> Texts)
{
    private static readonly string[] Topics =
        ["the weather at the lake", "a refund for the blender", "the train to Lisbon", "my daughter's violin", "the login that fails"];

    /// <summary>The prototype's shape; <paramref name="mark"/> sets its texts apart from other exports'.</summary>
    public static ChatExport Prototype(string mark, int messages)
    {
        var texts = Enumerable.Range(0, messages)
            .Select(i => $"{mark} number {i}: we spoke about {Topics[i % Topics.Length]}, {(i * 7919) % 1000} times")
            .ToArray();
        var json = new JsonObject { ["messages"] = new JsonArray([.. texts.Select(t => (JsonNode)t)]) };
        return new ChatExport($"{mark}.json", json.ToJsonString(JsonSerializerOptions.Default), texts);
    }

    /// <summary>The export as a part of an upload's form.</summary>
    public static MultipartFormDataContent Form(params IEnumerable<ChatExport> exports)
    {
        var form = new MultipartFormDataContent();
        foreach (var export in exports)
            form.Add(new StringContent(export.Json), "files", export.Name);
        return form;
    }
}
