using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Tests.FileParser;
using ChatAnalysis.Tests.Gateway;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>How what was heard of silos grows old.</summary>
public sealed class SiloDirectoryTests
{
    private static readonly SiloAnnouncement OfA = new(FakeClusterDirectory.Owner, FakeEmbeddingGrain.TestModel, Owner: true, Leaving: false);
    private static readonly SiloAnnouncement OfB = OfA with { Silo = OfA.Silo with { Name = "b" } };

    private readonly TurnedClock _clock = new();
    private readonly SiloDirectory _directory;

    public SiloDirectoryTests() => _directory = new SiloDirectory(_clock);

    [Fact]
    public void A_silo_is_there_while_it_is_heard_of()
    {
        for (var i = 0; i < 5; i++)
        {
            _directory.Hear(OfA);
            _clock.Passed += TimeSpan.FromSeconds(6);
            Assert.False(Assert.Single(_directory.Silos).Silo.Gone);
        }
    }

    [Fact]
    public void A_silo_that_has_been_silent_for_more_than_6_seconds_is_gone_with_all_that_it_did()
    {
        _directory.Hear(OfA);

        _clock.Passed += TimeSpan.FromSeconds(6.1);

        Assert.True(Assert.Single(_directory.Silos).Silo.Gone);
        Assert.Empty(_directory.EmbeddingModels);
        Assert.False(_directory.Has("index"));
    }

    [Fact]
    public void An_owner_that_is_silent_is_the_owner_until_it_says_farewell()
    {
        _directory.Hear(OfA);
        _clock.Passed += TimeSpan.FromMinutes(1);
        Assert.Equal("a", _directory.Owner);

        _directory.Hear(OfA with { Leaving = true });

        Assert.Null(_directory.Owner);
    }

    [Fact]
    public void A_silo_that_says_farewell_is_gone_at_once()
    {
        _directory.Hear(OfA);
        _directory.Hear(OfA with { Leaving = true });

        Assert.True(Assert.Single(_directory.Silos).Silo.Gone);
    }

    [Fact]
    public void A_silo_that_is_heard_of_again_is_there_again()
    {
        _directory.Hear(OfA);
        _clock.Passed += TimeSpan.FromMinutes(1);
        _directory.Hear(OfA);

        Assert.False(Assert.Single(_directory.Silos).Silo.Gone);
    }

    [Fact]
    public void A_silo_that_is_gone_is_shown_for_ten_minutes()
    {
        _directory.Hear(OfA);
        _clock.Passed += TimeSpan.FromMinutes(10);
        Assert.Single(_directory.Silos);

        _clock.Passed += TimeSpan.FromSeconds(1);

        Assert.Empty(_directory.Silos);
    }

    [Fact]
    public void When_it_was_last_seen_is_told_by_the_listeners_clock()
    {
        var before = _clock.GetUtcNow();
        _directory.Hear(OfA);

        Assert.InRange(Assert.Single(_directory.Silos).Silo.LastSeen, before, _clock.GetUtcNow());
    }

    [Fact]
    public void Of_two_that_say_they_own_the_index_the_one_heard_of_last_does()
    {
        _directory.Hear(OfA);
        _clock.Passed += TimeSpan.FromSeconds(1);
        _directory.Hear(OfB);
        Assert.Equal("b", _directory.Owner);
        _clock.Passed += TimeSpan.FromSeconds(1);
        _directory.Hear(OfA);
        Assert.Equal("a", _directory.Owner);
    }
}
