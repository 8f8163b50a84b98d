using System.Collections.Concurrent;

namespace ChatAnalysis.Silo.Hosting;

/// <summary>Which parts of the program can be asked already.</summary>
internal sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string> _states = new();
    private volatile bool _ready;

    /// <summary>Whether requests can be answered: every part is loaded, and they agree.</summary>
    public bool IsReady => _ready;

    /// <summary>The state of each part: <c>loading</c>, <c>ready</c> or <c>stopped</c>.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    /// <summary>The parts that are not ready; the word <c>start</c> while all are, but not yet checked against each other.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            if (_ready)
                return [];
            string[] missing = [.. _states.Where(part => part.Value != "ready").Select(part => part.Key).Order()];
            return missing.Length > 0 ? missing : ["start"];
        }
    }

    /// <summary>Notes a part's state.</summary>
    public void Set(string part, string state) => _states[part] = state;

    /// <summary>Opens or closes the program to requests.</summary>
    public void Open(bool open) => _ready = open;
}
