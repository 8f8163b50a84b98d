using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Cuts a file's messages into batches, by number and by length.</summary>
internal sealed class MessageBatcher(IEnumerable<ParsedMessage> messages, ParsingOptions options) : IDisposable
{
    private readonly IEnumerator<ParsedMessage> _rest = messages.GetEnumerator();

    /// <summary>The next batch; empty at the end.</summary>
    public IReadOnlyList<ParsedMessage> Next()
    {
        var batch = new List<ParsedMessage>();
        var characters = 0L;
        while (batch.Count < options.BatchMessages && characters < options.BatchCharacters && _rest.MoveNext())
        {
            batch.Add(_rest.Current);
            characters += _rest.Current.Text.Length;
        }

        return batch;
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose() => _rest.Dispose();
}
