using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Tests.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

public sealed class BrokerConnectionTests
{
    private const string Secret = "Correct-horse.1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("localhost:5672", "must be an address such as amqp://localhost:5672")]
    [InlineData("http://localhost:5672", "must be an address such as amqp://localhost:5672")]
    [InlineData("amqp://someone:Correct-horse.1@localhost", "must hold no user and no path")]
    [InlineData("amqp://localhost/host", "must hold no user and no path")]
    public void A_wrong_address_is_refused_and_not_repeated(string address, string reason)
    {
        var failure = Assert.Throws<ArgumentException>(() => BrokerAddress.Read(new ClusterOptions { RabbitMq = address }));

        Assert.StartsWith("Cluster:RabbitMq ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/none", null, "Cluster:PasswordFile is '/none', but must be a file that can be read")]
    [InlineData(null, "/none", "Cluster:CaFile is '/none', but must be a certificate as PEM")]
    public void A_file_that_is_not_there_is_named(string? passwordFile, string? caFile, string line)
    {
        var options = new ClusterOptions { RabbitMq = "amqps://localhost", PasswordFile = passwordFile, CaFile = caFile };

        var failure = Assert.Throws<ArgumentException>(() => BrokerAddress.Read(options));

        Assert.StartsWith(line, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_is_waited_for_reconnected_to_and_entered_with_TLS_and_a_password_that_no_log_shows()
    {
        using var folder = new TemporaryFolder();
        using var log = new RecordingLog();
        await using var broker = await Broker.StartAsync(user: "someone", password: Secret, tls: true);
        var password = folder.PathOf("password");
        await File.WriteAllTextAsync(password, Secret + "\n");
        var right = new ClusterOptions
        {
            RabbitMq = broker.TlsUri.ToString(), User = "someone", PasswordFile = password, CaFile = broker.CaFile,
        };
        await broker.KillAsync();

        await using var connection = Create(right, log);
        var connecting = connection.StartAsync(CancellationToken.None);
        await log.SaysAsync("cannot be reached, and is waited for");
        Assert.False(connection.IsConnected);
        await broker.RestartAsync();
        await connecting.WaitAsync(Patience);
        Assert.True(connection.IsConnected);

        await broker.CutConnectionsAsync();
        await log.SaysAsync("is lost");
        Assert.True((await connection.GetAsync(CancellationToken.None).WaitAsync(Patience)).IsOpen);

        await RefusedAsync(right with { User = "nobody" }, log, "refuses user or password");
        await RefusedAsync(right with { VirtualHost = "none" }, log, "refuses the virtual host");
        await RefusedAsync(right with { CaFile = null }, log, "certificate");
        Assert.False(log.Contains(Secret));
    }

    private static async Task RefusedAsync(ClusterOptions options, RecordingLog log, string reason)
    {
        await using var connection = Create(options, log);
        var connecting = connection.StartAsync(CancellationToken.None);
        await log.SaysAsync(reason);
        Assert.False(connecting.IsCompleted);
        Assert.False(connection.IsConnected);
    }

    private static BrokerConnection Create(ClusterOptions options, RecordingLog log) =>
        new(BrokerAddress.Read(options), TimeProvider.System, log.CreateLogger<BrokerConnection>());
}
