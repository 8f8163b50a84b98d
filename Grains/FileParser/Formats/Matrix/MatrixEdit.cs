namespace ChatAnalysis.Grains.FileParser.Formats.Matrix;

/// <summary>What a message was edited to at last.</summary>
/// <param name="id">The id of the edit.</param>
/// <param name="at">When it was made.</param>
/// <param name="content">What it says.</param>
internal sealed class MatrixEdit(string? id, DateTimeOffset at, MatrixContent content)
{
    /// <summary>The id of the edit.</summary>
    public string? Id => id;

    /// <summary>What it says.</summary>
    public MatrixContent Content => content;

    /// <summary>Whether a message was made of it.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether it was made after another; of two at the same time the one with the larger id is the later one.</summary>
    public bool IsLaterThan(MatrixEdit other) => At > other.At || (At == other.At && string.CompareOrdinal(Id, other.Id) > 0);

    private DateTimeOffset At => at;
}
