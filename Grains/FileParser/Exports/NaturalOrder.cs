using System.Globalization;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Orders paths as people do: message_2 before message_10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    private static readonly StringComparer Numbers = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);

    /// <summary>The one there is.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Numbers.Compare(x, y) is var order and not 0 ? order : string.CompareOrdinal(x, y);
}
