namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Members that must not take part say why in one line, and end.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class WrongSettingTests(ClusterFixture fixture)
{
    [Fact]
    public async Task A_parser_with_an_UPLOAD_DIR_of_its_own_ends()
    {
        using var other = new TemporaryFolder();
        var cluster = await fixture.SpecialisedAsync();
        await EndsAsync(cluster.NewSilo("lost", ("Silo__Roles", "parser"), ("UPLOAD_DIR", other.Path)), $"UPLOAD_DIR is '{other.Path}'");
    }

    [Fact]
    public async Task A_gateway_with_an_UPLOAD_DIR_of_its_own_ends()
    {
        using var other = new TemporaryFolder();
        var cluster = await fixture.SpecialisedAsync();
        await EndsAsync(cluster.NewGateway("lost", ("UPLOAD_DIR", other.Path)), $"UPLOAD_DIR is '{other.Path}'");
    }

    [Fact]
    public async Task An_embedding_silo_with_another_model_than_the_indexs_ends()
    {
        var cluster = await fixture.SpecialisedAsync();
        await cluster.Gateway.UploadUntilAnsweredAsync(ChatExport.Prototype("of the first model", 5));
        await EndsAsync(
            cluster.NewSilo("another model", ("Silo__Roles", "embedding"), ("Embedding__Graph", "fp16")), "The index holds vectors of ");
    }

    private static async Task EndsAsync(ClusterMember member, string line)
    {
        await using (member)
        {
            member.Launch(supervised: false);
            Assert.Equal(1, await member.Process.WaitForExitAsync());
            Assert.Single(member.Output.Split('\n'), printed => printed.StartsWith(line, StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", member.Output, StringComparison.Ordinal);
        }
    }
}
