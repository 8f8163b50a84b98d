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
    private readonly (string Name, string Value)[] _settings;
    private readonly List<ClusterMember> _silos = [];

    /// <summary>A cluster without members.</summary>
    /// <param name="broker">The broker's address, with the virtual host.</param>
    /// <param name="settings">Settings of all members.</param>
    public ClusterProcesses(Uri broker, params (string Name, string Value)[] settings)
    {
        _settings =
        [
            ("Cluster__RabbitMq", $"amqp://{broker.Authority}"),
            ("Cluster__VirtualHost", broker.AbsolutePath is ['/', _, ..] path ? path[1..] : "/"),
            ("UPLOAD_DIR", _data.PathOf("uploads")),
            .. settings,
        ];
        Gateway = Member("gateway", CheapService.Command);
    }

    public string DataDirectory => _data.Path;

    /// <summary>Where clients send their requests.</summary>
    public ClusterMember Gateway { get; set; }

    public IReadOnlyList<ClusterMember> Silos => _silos;

    public IEnumerable<ClusterMember> Members => [.. _silos, Gateway];

    /// <summary>The silo with this name.</summary>
    public ClusterMember this[string name] => _silos.Single(silo => silo.Name == name);

    /// <summary>A member that is not started yet.</summary>
    public ClusterMember Member(string name, string[] command, params (string Name, string Value)[] settings) =>
        new(name, command, DataDirectory, [.. _settings, .. settings]);

    /// <summary>Adds a silo, which is not started yet.</summary>
    /// <returns>The silo.</returns>
    public ClusterMember AddSilo(string name, string? roles = null, params (string Name, string Value)[] settings)
    {
        var silo = Member(name, CheapService.SiloCommand, roles is null ? settings : [.. settings, ("Silo__Roles", roles)]);
        _silos.Add(silo);
        return silo;
    }

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
            if (_silos.Find(silo => silo.Process.Id == process) is { } owner)
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
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    [GeneratedRegex(@"process (\d+)")]
    private static partial Regex ProcessNumber();
}
