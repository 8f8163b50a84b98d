using System.Diagnostics;

namespace ChatAnalysis.Bench;

/// <summary>What the broker's path costs: the same upload through one process, and through gateway, broker and one silo.</summary>
internal static class ClusterBench
{
    private const int Messages = 8000, MessagesAFile = 500, Rounds = 7, GatewayPort = 5921, SiloPort = 5922, BrokerPort = 5923;

    public static async Task RunAsync()
    {
        if (SharedData.Taskmaster() is not { } all || SharedData.Clinc() is not { } others)
            return;

        var texts = all[..Messages];
        var brokerFolder = Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName;
        var (one, cluster, ratio) = (new List<double>(), new List<double>(), new List<double>());
        await using (ProgramProcess.StartBroker(brokerFolder, BrokerPort))
        {
            for (var round = 0; round <= Rounds; round++)
            {
                var alone = await MeasureAsync(texts, others, silo: false);
                var through = await MeasureAsync(texts, others, silo: true);
                if (round == 0)
                    continue;
                one.Add(alone);
                cluster.Add(through);
                ratio.Add(through / alone);
            }
        }

        Directory.Delete(brokerFolder, recursive: true);
        Console.WriteLine($"{Messages} messages in {Messages / MessagesAFile} files: one process {one.Median():F2} s, " +
            $"gateway, broker and one silo {cluster.Median():F2} s");
        Console.WriteLine($"ratio: median {ratio.Median():F3}, {ratio.Min():F3} to {ratio.Max():F3} (limit 1.15)");
    }

    /// <summary>Seconds of an upload, with new processes, an empty index and cache, and other texts before to warm up.</summary>
    private static async Task<double> MeasureAsync(string[] texts, string[] others, bool silo)
    {
        var data = Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName;
        (string, string)[] settings = silo
            ? [("DATA_DIR", data), ("Cluster__RabbitMq", $"amqp://127.0.0.1:{BrokerPort}")]
            : [("DATA_DIR", data)];
        try
        {
            await using var worker = silo ? await ProgramProcess.StartAsync("Silo", SiloPort, settings) : null;
            await using var gateway = await ProgramProcess.StartAsync("Gateway", GatewayPort, settings);
            await gateway.Client.UploadAsync(others.Take(3000), MessagesAFile);
            var start = Stopwatch.GetTimestamp();
            await gateway.Client.UploadAsync(texts, MessagesAFile);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
