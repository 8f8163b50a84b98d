using System.Globalization;
using System.Threading.Channels;
using ChatAnalysis.Grains;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Bench;

/// <summary>Fills a data directory with made-up messages and random unit vectors, through the owner as a parser would.</summary>
internal sealed class SyntheticMessages : IFileJobQueue
{
    public const int Dimension = 384;

    public static readonly ModelId Model = new("synthetic", new string('0', 64));

    private static readonly float[] Vectors = RandomVectors(4096);

    private readonly Channel<FileJob> _jobs = Channel.CreateUnbounded<FileJob>();
    private int _uploads;

    public SyntheticMessages(string dataDirectory)
    {
        var storage = new StorageOptions(dataDirectory, Path.Combine(dataDirectory, "uploads"));
        Directory.CreateDirectory(storage.UploadDirectory);
        Grain = new VectorIndexGrain(storage, new VectorIndexOptions(), this, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>The owner; the caller starts and stops it.</summary>
    public VectorIndexGrain Grain { get; }

    public bool ParsersOutliveOwner => false;

    public ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken) => _jobs.Writer.WriteAsync(job, cancellationToken);

    public ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long>(_jobs.Reader.Count);

    /// <summary>Opens an upload and adds the messages of its files, two files at a time. A last, empty one keeps it from being clustered.</summary>
    public async Task UploadAsync(int files, int messagesAFile, int batch)
    {
        var id = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        var uploaded = Enumerable.Range(0, files + 1).Select(i => new UploadedFile(
            $"{i}.json", $"{id}/{i}", messagesAFile, $"{_uploads * 1000 + i:x64}")).ToList();
        _uploads++;
        await Grain.OpenUploadAsync(new UploadOpening(id, uploaded, 5, AllowDuplicates: false), default);
        var left = files;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await ParseAsync(await _jobs.Reader.ReadAsync(), messagesAFile, batch);
        })));
        await _jobs.Reader.ReadAsync();
    }

    private async Task ParseAsync(FileJob job, int messages, int batch)
    {
        var claim = (await Grain.ClaimFileAsync(job, $"parser of {job.FileId}", default)).Key!;
        for (var first = 0; first < messages; first += batch)
        {
            var count = Math.Min(batch, messages - first);
            var from = (int)((job.FileId * 31 + first) % (4096 - batch));
            var block = new VectorBlock(Dimension, Vectors.AsMemory(from * Dimension, count * Dimension));
            var parsed = Enumerable.Range(first, count).Select(i => new ParsedMessage(
                i, new ConversationRef(i / 20, "synthetic", null, null), null, "user", "user", null,
                $"Message {i} of file {job.FileId}, about as long as people write to each other")).ToList();
            await Grain.AddMessagesAsync(new MessageBatch(claim, parsed, Model, block), default);
        }

        await Grain.FinishFileAsync(claim, new FileReport("synthetic", messages / 20, messages, new Dictionary<string, long>()), default);
    }

    private static float[] RandomVectors(int count)
    {
        var random = new Random(42);
        var vectors = new float[count * Dimension];
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (float)(random.NextDouble() - 0.5) / 11.3f;
        return vectors;
    }
}
