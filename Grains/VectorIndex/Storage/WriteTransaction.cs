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

    /// <summary>Makes changes, or none at all.</summary>
    /// <param name="change">Makes them; false where they are to be undone.</param>
    public bool Try(Func<bool> change)
    {
        var (state, vectors, actions, erased) = (State, VectorChanges.Count, AfterCommit.Count, Erased);
        Database.Execute("SAVEPOINT attempt");
        if (change())
        {
            Database.Execute("RELEASE attempt");
            return true;
        }

        Database.Execute("ROLLBACK TO attempt");
        Database.Execute("RELEASE attempt");
        VectorChanges.RemoveRange(vectors, VectorChanges.Count - vectors);
        AfterCommit.RemoveRange(actions, AfterCommit.Count - actions);
        (State, Erased) = (state, erased);
        return false;
    }

    /// <summary>Gives out the next change number.</summary>
    public long NextChange()
    {
        State = State with { LastChange = State.LastChange + 1 };
        return State.LastChange;
    }
}
