using System.Text.RegularExpressions;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>A gateway and silos around a broker: processes of their own, over one DATA_DIR.</summary>
internal sealed partial class ClusterProcesses : IAsyncDisposable
{
    /// <summary>Faults are noticed soon: what takes a minute by default would take each test a minute.</summary>
    public static readonly (string Name, string Value)[] Impatient =
    [
        ("Cluster__CallTimeout", "00:00:02"),
        ("Index__Lease", "00:00:05"),
        ("FileParsers__Count", "2"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _data = new();
    private readonly ClusterPrograms _programs;
    private readonly (string Name, string Value)[] _settings;
    private readonly List<ClusterMember> _silos = [];

    /// <summary>A cluster without silos.</summary>
    /// <param name="broker">The broker's address, with the virtual host.</param>
    /// <param name="programs">What the members run.</param>
    /// <param name="settings">Settings of all members.</param>
    public ClusterProcesses(Uri broker, ClusterPrograms programs, params (string Name, string Value)[] settings)
    {
        _programs = programs;
        _settings =
        [
            ("Cluster__RabbitMq", $"amqp://{broker.Authority}"),
            ("Cluster__VirtualHost", broker.AbsolutePath is ['/', _, ..] path ? path[1..] : "/"),
            ("UPLOAD_DIR", _data.PathOf("uploads")),
            .. settings,
        ];
        Gateway = NewGateway("gateway");
    }

    public string DataDirectory => _data.Path;

    /// <summary>Where clients send their requests.</summary>
    public ClusterMember Gateway { get; }

    public IReadOnlyList<ClusterMember> Silos => _silos;

    public IEnumerable<ClusterMember> Members => [.. _silos, Gateway];

    /// <summary>The silo with this name.</summary>
    public ClusterMember this[string name] => _silos.Single(silo => silo.Name == name);

    /// <summary>Adds a silo, which is not started yet.</summary>
    public void AddSilo(string name, params (string Name, string Value)[] settings) => _silos.Add(NewSilo(name, settings));

    /// <summary>A silo that the cluster does not count on.</summary>
    public ClusterMember NewSilo(string name, params (string Name, string Value)[] settings) =>
        new(name, _programs.Silo, DataDirectory, [.. _settings, .. settings]);

    /// <summary>A gateway beside the cluster's first.</summary>
    public ClusterMember NewGateway(string name, params (string Name, string Value)[] settings) =>
        new(name, _programs.Gateway, DataDirectory, [.. _settings, .. settings]);

    /// <summary>Starts all members, and waits until they are ready.</summary>
    public async Task StartAsync()
    {
        foreach (var member in Members)
            member.Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Waits until every member says that it is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        foreach (var member in Members)
        {
            try
            {
                await member.WaitUntilReadyAsync();
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"{member.Name} does not become ready:\n{member.Output}", e);
            }
        }
    }

    /// <summary>Waits until one of the silos is the index's owner.</summary>
    public async Task<ClusterMember> FindOwnerAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var process = ReadOwner();
            if (_silos.Find(silo => silo.Process.Id == process && !silo.Process.HasEnded) is { } owner)
                return owner;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The database, as its owner has it just now.</summary>
    public IndexFile OpenIndex() => new(DataDirectory);

    /// <summary>Waits until the database answers a question as it should.</summary>
    public async Task UntilAsync(string question, Func<long, bool> met)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using (var index = OpenIndex())
                if (met(index.Number(question)))
                    return;
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Ends all members well, the gateway first.</summary>
    public async Task TerminateAsync()
    {
        Assert.Equal(0, await Gateway.TerminateAsync());
        var owner = await FindOwnerAsync();
        foreach (var silo in _silos.Where(silo => silo != owner))
            Assert.Equal(0, await silo.TerminateAsync());
        Assert.Equal(0, await owner.TerminateAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
            await member.DisposeAsync();
        _data.Dispose();
    }

    private int ReadOwner()
    {
        try
        {
            var owner = File.ReadAllText(_data.PathOf("index.owner"));
            return ProcessNumber().Match(owner) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, null) : 0;
        }
        catch (IOException)
        {
            return 0; // It is gone, or being written.
        }
    }

    [GeneratedRegex(@"process (\d+)")]
    private static partial Regex ProcessNumber();
}
