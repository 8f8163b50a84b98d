namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>What may happen to a cluster in a round of the soak.</summary>
internal enum SoakFault
{
    /// <summary>SIGKILL of any silo: a parser and an embedding silo, and perhaps the owner.</summary>
    SiloKilled,

    /// <summary>SIGKILL of the owner.</summary>
    OwnerKilled,

    /// <summary>SIGKILL of the gateway.</summary>
    GatewayKilled,

    /// <summary>SIGKILL of the broker.</summary>
    BrokerKilled,

    /// <summary>SIGSTOP of any silo, and SIGCONT before or after its leases have run out.</summary>
    SiloPaused,

    /// <summary>All connections to the broker cut.</summary>
    ConnectionsCut,
}
