using System.Globalization;
using System.Net;
using Xunit.Abstractions;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>More than a cluster can do at once.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class LoadTests(ClusterFixture fixture, ITestOutputHelper log)
{
    private const int Files = 2000, Uploads = 200;
    private const long AllowedGrowth = 200 << 20;

    [Fact]
    public async Task Two_thousand_files_in_one_upload_end_within_bounded_memory()
    {
        var cluster = await fixture.ThreeSilosAsync();
        var before = BeginPeaks(cluster);
        var exports = Enumerable.Range(0, Files).Select(i => ChatExport.Prototype($"one of many {i}", 2)).ToArray();
        var answer = await cluster.Gateway.UploadUntilAnsweredAsync(exports);
        Assert.Equal(2 * Files, answer.Labels().Length);
        using (var index = cluster.OpenIndex())
            Assert.Equal(2 * Files, index.Number("SELECT COUNT(*) FROM messages WHERE text LIKE 'one of many %'"));
        GrowthIsBounded(cluster, before);
    }

    [Fact]
    public async Task Two_hundred_uploads_at_once_end_within_bounded_memory()
    {
        var cluster = await fixture.ThreeSilosAsync();
        var before = BeginPeaks(cluster);
        var answers = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(upload => cluster.Gateway.UploadUntilAnsweredAsync(
            ChatExport.Prototype($"at once {upload} a", 5), ChatExport.Prototype($"at once {upload} b", 5))));
        Assert.All(answers, answer => Assert.Equal(10, answer.Labels().Length));
        using (var index = cluster.OpenIndex())
            Assert.Equal(10 * Uploads, index.Number("SELECT COUNT(*) FROM messages WHERE text LIKE 'at once %'"));
        GrowthIsBounded(cluster, before);
    }

    [Fact]
    public async Task Past_a_backlog_an_upload_is_refused_before_its_body_is_read()
    {
        var cluster = await fixture.SpecialisedAsync();
        await using var gateway = cluster.NewGateway("gateway-2", ("Upload__MaxPendingFiles", "1"));
        gateway.Launch();
        await gateway.WaitUntilReadyAsync();
        var disturbance = new Disturbance(fixture, cluster, "backlog");
        var upload = disturbance.BeginAsync();
        await disturbance.ReachAsync(10);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = new NeverSent() };
        request.Headers.ExpectContinue = true;
        using var answer = await gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        await disturbance.CheckAsync(await upload);
    }

    private void GrowthIsBounded(ClusterProcesses cluster, long[] before)
    {
        var peaks = ReadAll(cluster, "VmHWM:");
        foreach (var (member, was, peak) in cluster.Members.Zip(before, peaks))
        {
            log.WriteLine($"{member.Name} grew from {was >> 20} to {peak >> 20} MB at its peak");
            // The kernel's two figures are a few pages apart: a process that grew by nothing may read as smaller.
            Assert.True(peak - was <= AllowedGrowth, $"{member.Name} grew by {peak - was} bytes, {AllowedGrowth} are allowed");
        }
    }

    /// <summary>What each process has in memory just now, from which on its peak counts.</summary>
    private static long[] BeginPeaks(ClusterProcesses cluster)
    {
        foreach (var member in cluster.Members)
            File.WriteAllText($"/proc/{member.Process.Id}/clear_refs", "5");
        return ReadAll(cluster, "VmRSS:");
    }

    private static long[] ReadAll(ClusterProcesses cluster, string name) =>
        [.. cluster.Members.Select(member => Read(member.Process.Id, name))];

    private static long Read(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..^"kB".Length], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>A body that no server may ask for.</summary>
    private sealed class NeverSent : HttpContent
    {
        public NeverSent() => Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("The body was asked for");

        protected override bool TryComputeLength(out long length)
        {
            length = 1 << 20;
            return true;
        }
    }
}
