using System.ComponentModel.DataAnnotations;

namespace ChatAnalysis.Cluster.RabbitMq;

/// <summary>How gateways and silos find each other; section <c>Cluster</c>.</summary>
public sealed record ClusterOptions
{
    /// <summary>The broker, as amqp://host:5672, or amqps://host:5671 for TLS; null where all grains are in one process.</summary>
    public string? RabbitMq { get; init; }

    /// <summary>The user.</summary>
    [Required]
    public string User { get; init; } = "guest";

    /// <summary>The user's password, where it is not in <see cref="PasswordFile"/>. It is never logged.</summary>
    public string Password { get; init; } = "guest";

    /// <summary>A file that holds the password, which goes before <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The broker's virtual host: one for each cluster.</summary>
    [Required]
    public string VirtualHost { get; init; } = "/";

    /// <summary>The certificate, as PEM, of the authority that has signed the broker's; null for those the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The process's name in the cluster; null for the machine's and the process's number.</summary>
    public string? Name { get; init; }

    /// <summary>What this process is called in the cluster.</summary>
    public string ProcessName => string.IsNullOrEmpty(Name) ? $"{Environment.MachineName}-{Environment.ProcessId}" : Name;

    /// <summary>After how long a call that was not answered is sent again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a gateway tries before it answers 503.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the inspection of a file may take before a gateway answers 503.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:20:00")]
    public TimeSpan InspectTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Embedding calls that a silo takes at once, of about 4,096 tokens each; 0 for three a thread, on a GPU 32: enough for full
    /// batches, few enough to share.
    /// </summary>
    [Range(0, 1024)]
    public int EmbeddingPrefetch { get; init; }
}
