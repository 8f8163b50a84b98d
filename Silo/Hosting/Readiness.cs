using System.Collections.Concurrent;

namespace ChatAnalysis.Silo.Hosting;

/// <summary>Which parts of the program can be asked already.</summary>
internal sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string> _states = new();
    private readonly ConcurrentDictionary<string, Func<bool>> _watched = new();
    private volatile bool _ready;

    /// <summary>Whether requests can be answered: every part is loaded, and they agree.</summary>
    public bool IsReady => _ready;

    /// <summary>The state of each part: <c>loading</c>, <c>ready</c>, <c>silent</c> or <c>stopped</c>.</summary>
    public IReadOnlyDictionary<string, string> States
    {
        get
        {
            var states = new Dictionary<string, string>(_states);
            foreach (var (part, answers) in _watched)
                if (!answers() && states.GetValueOrDefault(part, "ready") == "ready")
                    states[part] = "silent";
                else
                    states.TryAdd(part, "ready");
            return states;
        }
    }

    /// <summary>The parts that are not ready; the word <c>start</c> while all are, but not yet checked against each other.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            string[] missing = [.. States.Where(part => part.Value != "ready").Select(part => part.Key).Order()];
            return missing.Length > 0 || _ready ? missing : ["start"];
        }
    }

    /// <summary>Has a part that can fall silent looked at whenever somebody asks.</summary>
    public void Watch(string part, Func<bool> answers) => _watched[part] = answers;

    /// <summary>Notes a part's state.</summary>
    public void Set(string part, string state) => _states[part] = state;

    /// <summary>Opens or closes the program to requests.</summary>
    public void Open(bool open) => _ready = open;
}
