using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

[Collection(nameof(BrokerCollection))]
public sealed class BrokerTests(SharedBroker shared)
{
    private const string Queue = "messages";
    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    [Fact]
    public async Task Queues_are_seen_in_their_virtual_host_only()
    {
        await using var here = await ConnectAsync(await shared.Broker.AddVirtualHostAsync());
        await using var there = await ConnectAsync(await shared.Broker.AddVirtualHostAsync());
        await PublishAsync(here, "one");
        Assert.Equal("one", await TakeAsync(here));

        await using var channel = await there.CreateChannelAsync();
        await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.QueueDeclarePassiveAsync(Queue));
    }

    [Fact]
    public async Task A_confirmed_message_outlives_a_power_cut_and_an_emptied_broker_has_none()
    {
        await using var broker = await Broker.StartAsync();
        await using (var connection = await ConnectAsync(broker.Uri))
            await PublishAsync(connection, "one");

        await broker.WriteNamesAsync();
        await broker.KillAsync();
        await broker.RestartAsync();
        await using (var connection = await ConnectAsync(broker.Uri))
            Assert.Equal("one", await TakeAsync(connection));

        await broker.EmptyAsync();
        await broker.RestartAsync();
        await using var last = await ConnectAsync(broker.Uri);
        await using var channel = await last.CreateChannelAsync();
        await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.QueueDeclarePassiveAsync(Queue));
    }

    [Fact]
    public async Task Two_brokers_run_side_by_side_and_one_that_stopped_leaves_nothing_behind()
    {
        await using var other = await Broker.StartAsync();
        await using (var here = await ConnectAsync(await shared.Broker.AddVirtualHostAsync()))
        await using (var there = await ConnectAsync(other.Uri))
        {
            await PublishAsync(here, "here");
            await PublishAsync(there, "there");
            Assert.Equal("here", await TakeAsync(here));
            Assert.Equal("there", await TakeAsync(there));
        }

        Assert.False(FreePorts.AreFree(other.Port, Broker.Ports));
        await other.StopAsync();
        Assert.True(FreePorts.AreFree(other.Port, Broker.Ports));
    }

    [Fact]
    public async Task Cut_connections_are_closed_at_the_client()
    {
        await using var connection = await ConnectAsync(shared.Broker.Uri);
        var closed = new TaskCompletionSource();
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await shared.Broker.CutConnectionsAsync();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_the_user_with_the_password_is_let_in_and_TLS_shows_the_certificate_of_the_authority()
    {
        await using var broker = await Broker.StartAsync(user: "someone", password: "Correct-horse.1", tls: true);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(broker.Uri, "someone", "wrong"));
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(broker.Uri, "guest", "guest"));
        await using (var plain = await ConnectAsync(broker.Uri, "someone", "Correct-horse.1"))
            Assert.True(plain.IsOpen);

        await using var encrypted = await ConnectAsync(broker.TlsUri, "someone", "Correct-horse.1", broker.CaFile);
        await PublishAsync(encrypted, "one");
        Assert.Equal("one", await TakeAsync(encrypted));
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(broker.TlsUri, "someone", "Correct-horse.1"));
    }

    private static Task<IConnection> ConnectAsync(Uri uri, string user = "guest", string password = "guest", string? caFile = null)
    {
        var factory = new ConnectionFactory { Uri = uri, UserName = user, Password = password, AutomaticRecoveryEnabled = false };
        if (caFile is not null)
            factory.Ssl.CertificateValidationCallback = (_, certificate, _, errors) => IsSignedBy(caFile, certificate, errors);
        return factory.CreateConnectionAsync();
    }

    private static bool IsSignedBy(string caFile, X509Certificate? certificate, SslPolicyErrors errors)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(caFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            && chain.Build(Assert.IsType<X509Certificate2>(certificate));
    }

    private static async Task PublishAsync(IConnection connection, string text)
    {
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.BasicPublishAsync("", Queue, Encoding.UTF8.GetBytes(text));
    }

    private static async Task<string?> TakeAsync(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        var message = await channel.BasicGetAsync(Queue, autoAck: true);
        return message is null ? null : Encoding.UTF8.GetString(message.Body.Span);
    }
}
