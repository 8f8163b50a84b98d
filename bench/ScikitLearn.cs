using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Bench;

/// <summary>Debian's scikit-learn in a process beside, holding the same vectors and the same number of threads.</summary>
internal sealed class ScikitLearn : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _vectorFile = Path.GetTempFileName();
    private readonly Process _process;

    private ScikitLearn(float[] vectors, int dimension, string script)
    {
        using (var file = File.Create(_vectorFile))
            file.Write(MemoryMarshal.AsBytes(vectors.AsSpan()));
        var threads = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python, [script, _vectorFile, dimension.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = threads, ["OPENBLAS_NUM_THREADS"] = threads },
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Its version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <returns>Null where python3-sklearn is not installed.</returns>
    public static async Task<ScikitLearn?> StartAsync(float[] vectors, int dimension)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "python", "kmeans.py");
        if (!File.Exists(Python))
            return null;
        var started = new ScikitLearn(vectors, dimension, script);
        started.Version = await started._process.StandardOutput.ReadLineAsync() ?? "";
        if (started.Version.Length > 0)
            return started;
        started.Dispose();
        return null;
    }

    /// <summary>Runs KMeans once, with one start.</summary>
    public async Task<(double Seconds, double Inertia, int Iterations)> FitAsync(int clusters, int seed)
    {
        await _process.StandardInput.WriteLineAsync($"{clusters} {seed}");
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("scikit-learn ended");
        var parts = answer.Split(' ');
        return (
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Dispose();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_vectorFile);
    }
}
