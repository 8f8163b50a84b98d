using System.Diagnostics;

namespace ChatAnalysis.Bench;

/// <summary>From the SIGKILL of the index's owner to the first search that is answered, with many vectors.</summary>
internal static class TakeoverBench
{
    private const int Vectors = 200_000, Rounds = 7, GatewayPort = 5931, FirstSiloPort = 5932, BrokerPort = 5941;

    public static async Task RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName;
        var broker = Directory.CreateTempSubdirectory("chatanalysis-bench-").FullName;
        try
        {
            await StartBench.FillAsync(data, Vectors);
            await using (ProgramProcess.StartBroker(broker, BrokerPort))
                await MeasureAsync(data);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
            Directory.Delete(broker, recursive: true);
        }
    }

    private static async Task MeasureAsync(string data)
    {
        (string, string)[] settings = [("DATA_DIR", data), ("Cluster__RabbitMq", $"amqp://127.0.0.1:{BrokerPort}")];
        var silos = new Queue<ProgramProcess>();
        var number = 0;
        var seconds = new List<double>();
        silos.Enqueue(await StartSiloAsync());
        silos.Enqueue(await StartSiloAsync());
        await using (var gateway = await ProgramProcess.StartAsync("Gateway", GatewayPort, settings))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await SearchAsync(gateway.Client, round);

                // The silos take the lock in the order of their start: the oldest is the owner.
                await using (var owner = silos.Dequeue())
                {
                    var start = Stopwatch.GetTimestamp();
                    owner.Kill();
                    await SearchAsync(gateway.Client, Rounds + round);
                    seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                }

                silos.Enqueue(await StartSiloAsync());
            }
        }

        while (silos.TryDequeue(out var silo))
            await silo.DisposeAsync();
        Console.WriteLine($"{Vectors} vectors: a search is answered {seconds.Median():F2} s after the owner's SIGKILL, at worst " +
            $"{seconds.Max():F2} s of {Rounds} (limit 1)");

        Task<ProgramProcess> StartSiloAsync() => ProgramProcess.StartAsync("Silo", FirstSiloPort + number++ % 4, settings);
    }

    private static async Task SearchAsync(HttpClient client, int query)
    {
        while (true)
        {
            using var answer = await client.GetAsync($"/v1/search?q=query%20{query}");
            if (answer.IsSuccessStatusCode)
                return;
        }
    }
}
