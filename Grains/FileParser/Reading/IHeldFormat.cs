namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What a format whose conversations are held tells of its messages.</summary>
internal interface IHeldFormat
{
    /// <summary>Reads the message at hand.</summary>
    /// <param name="held">The conversation that takes its texts.</param>
    /// <param name="message">Takes the rest.</param>
    void ReadMessage(HeldConversation held, HeldMessage message);

    /// <summary>Whether a text that may have no words has any. Asked in both runs, with what was read of the message so far.</summary>
    HeldWords WordsOf(HeldMessage message, string text, int rank);

    /// <summary>Whether a text surely has words, by how it begins in the file: quickly, for nearly all.</summary>
    bool BeginsWithWords(ReadOnlySpan<byte> raw);

    /// <summary>The text of a message as it is handed on.</summary>
    string Clean(HeldMessage message, string text);
}
