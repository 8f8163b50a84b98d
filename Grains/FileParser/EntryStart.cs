using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>What a walk had seen when it came to an entry.</summary>
/// <param name="Mark">The entry.</param>
/// <param name="Counted">Entries that were counted before it.</param>
/// <param name="Begun">Entries that were begun, with this one.</param>
internal readonly record struct EntryStart(JsonMark Mark, long Counted, long Begun);
