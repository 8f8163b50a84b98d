using System.Collections.Concurrent;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>Who is in the cluster, as far as they were heard of.</summary>
internal sealed class SiloDirectory(TimeProvider time)
{
    private static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Heard> _silos = [];

    /// <summary>All that were heard of lately, by name, with the time by this process's clock.</summary>
    public IReadOnlyList<SiloAnnouncement> Silos
    {
        get
        {
            foreach (var silo in _silos.Where(silo => Age(silo.Value) > ForgottenAfter))
                _silos.TryRemove(silo);
            return [.. _silos.Values.Select(Now).OrderBy(silo => silo.Silo.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The models that are served, the most served first.</summary>
    public IReadOnlyList<ModelId> EmbeddingModels =>
        [.. Silos.Where(silo => !silo.Silo.Gone).Select(silo => silo.Model).OfType<ModelId>()
            .GroupBy(model => model).OrderByDescending(silos => silos.Count()).ThenBy(silos => silos.Key.ToString(), StringComparer.Ordinal)
            .Select(silos => silos.Key)];

    /// <summary>Whether somebody with this role is there.</summary>
    public bool Has(string role) => Silos.Any(silo => !silo.Silo.Gone && silo.Silo.Roles.Contains(role));

    /// <summary>The name of the silo that owns the index; of two that said so, the one that was heard of last: the other has died.</summary>
    public string? Owner => Silos.Where(silo => silo.Owner).MaxBy(silo => silo.Silo.LastSeen)?.Silo.Name;

    /// <summary>Notes what a silo tells.</summary>
    public void Hear(SiloAnnouncement announcement) =>
        _silos[announcement.Silo.Name] = new Heard(announcement, time.GetTimestamp());

    private TimeSpan Age(Heard heard) => time.GetElapsedTime(heard.At);

    private SiloAnnouncement Now(Heard heard)
    {
        var gone = heard.Announcement.Leaving || Age(heard) > GoneAfter;
        var silo = heard.Announcement.Silo with { LastSeen = time.GetUtcNow() - Age(heard), Gone = gone };

        // An owner that is silent may only be stopped: it is the owner until it leaves, or another one is.
        return heard.Announcement with { Silo = silo, Owner = heard.Announcement.Owner && !heard.Announcement.Leaving };
    }

    private sealed record Heard(SiloAnnouncement Announcement, long At);
}
