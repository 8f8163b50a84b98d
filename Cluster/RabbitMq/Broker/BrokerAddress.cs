using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Broker;

/// <summary>Where the broker is and how to enter. Made of settings that were checked.</summary>
internal sealed class BrokerAddress
{
    // A peer that is silent for two of these is taken for dead.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly ClusterOptions _options;
    private readonly Uri _uri;
    private readonly string _password;
    private readonly X509Certificate2? _authority;

    private BrokerAddress(ClusterOptions options, Uri uri, string password, X509Certificate2? authority)
    {
        _options = options;
        _uri = uri;
        _password = password;
        _authority = authority;
    }

    /// <summary>What this process is called in the cluster.</summary>
    public string ProcessName => _options.ProcessName;

    private bool IsTls => _uri.Scheme == "amqps";

    private int Port => _uri.IsDefaultPort || _uri.Port < 0 ? (IsTls ? 5671 : 5672) : _uri.Port;

    /// <summary>Reads the settings.</summary>
    /// <param name="options">The settings; <see cref="ClusterOptions.RabbitMq"/> is set.</param>
    /// <exception cref="ArgumentException">One is wrong; the message names it and what it may be, and holds no secret.</exception>
    public static BrokerAddress Read(ClusterOptions options)
    {
        if (!Uri.TryCreate(options.RabbitMq, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            throw new ArgumentException("Cluster:RabbitMq must be an address such as amqp://localhost:5672, or amqps://localhost:5671 for TLS");
        if (uri.UserInfo.Length > 0 || uri.AbsolutePath.Length > 1)
        {
            throw new ArgumentException(
                "Cluster:RabbitMq must hold no user and no path: Cluster:User, Cluster:Password or Cluster:PasswordFile, and "
                + "Cluster:VirtualHost say these");
        }

        if (!string.IsNullOrEmpty(options.CaFile) && uri.Scheme != "amqps")
            throw new ArgumentException("Cluster:CaFile is set, but Cluster:RabbitMq is no amqps:// address");
        return new BrokerAddress(options, uri, ReadPassword(options), ReadAuthority(options));
    }

    /// <summary>What can connect to it.</summary>
    public ConnectionFactory CreateFactory()
    {
        var factory = new ConnectionFactory
        {
            HostName = _uri.Host,
            Port = Port,
            UserName = _options.User,
            Password = _password,
            VirtualHost = _options.VirtualHost,
            ClientProvidedName = ProcessName,
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = Heartbeat,
            ContinuationTimeout = Heartbeat,
            // The client's own recovery would neither notice a closed channel nor a broker that was emptied: see ChannelLoop.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (IsTls)
            factory.Ssl = new SslOption(_uri.Host, enabled: true) { CertificateValidationCallback = _authority is null ? null : IsTrusted };
        return factory;
    }

    /// <summary>Host and port.</summary>
    public override string ToString() => $"{_uri.Host}:{Port}";

    private static string ReadPassword(ClusterOptions options)
    {
        if (string.IsNullOrEmpty(options.PasswordFile))
            return options.Password;
        try
        {
            return File.ReadAllText(options.PasswordFile).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"Cluster:PasswordFile is '{options.PasswordFile}', but must be a file that can be read: {e.Message}", e);
        }
    }

    private static X509Certificate2? ReadAuthority(ClusterOptions options)
    {
        if (string.IsNullOrEmpty(options.CaFile))
            return null;
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(options.CaFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new ArgumentException($"Cluster:CaFile is '{options.CaFile}', but must be a certificate as PEM: {e.Message}", e);
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(_authority!);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // An authority of one's own publishes no list.
        if (chain is not null)
            foreach (var element in chain.ChainElements)
                own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var subject = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(subject);
    }
}
