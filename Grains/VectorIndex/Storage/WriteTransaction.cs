namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A transaction that changes the database, with what is to happen once it is on disk.</summary>
internal sealed class WriteTransaction(DatabaseConnection database, IndexState state)
{
    /// <summary>The connection; only to be used until the write returns.</summary>
    public DatabaseConnection Database { get; } = database;

    /// <summary>How the index stands within the transaction.</summary>
    public IndexState State { get; set; } = state;

    /// <summary>What changed in the vectors, in the order of change numbers.</summary>
    public List<VectorChange> VectorChanges { get; } = [];

    /// <summary>Done in order once the transaction is on disk and the index in memory equals it; never otherwise.</summary>
    public List<Action> AfterCommit { get; } = [];

    /// <summary>Whether texts were deleted, so that no copy may stay behind in the write-ahead log.</summary>
    public bool Erased { get; set; }

    /// <summary>Gives out the next change number.</summary>
    public long NextChange()
    {
        State = State with { LastChange = State.LastChange + 1 };
        return State.LastChange;
    }
}
