using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>What a process tells all others every two seconds.</summary>
/// <param name="Silo">How it stands. Its clock's times are its own.</param>
/// <param name="Model">The model that it embeds with; null where it does not, or not yet.</param>
/// <param name="Owner">Whether it owns the index.</param>
/// <param name="Leaving">Whether this is the last that is heard of it.</param>
internal sealed record SiloAnnouncement(SiloStatus Silo, ModelId? Model, bool Owner, bool Leaving);
