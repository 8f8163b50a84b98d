using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class OwnerLockTests
{
    [Fact]
    public void Who_reads_the_last_owners_name_just_then_does_not_keep_the_next_from_becoming_owner()
    {
        using var data = new TemporaryFolder();
        File.WriteAllText(data.PathOf("index.owner"), "the last owner, which was killed");
        using var reading = File.OpenRead(data.PathOf("index.owner"));
        using var next = OwnerLock.Take(data.Path, TimeProvider.System);
        Assert.StartsWith(next.Owner, File.ReadAllText(data.PathOf("index.owner")), StringComparison.Ordinal);
    }
}
