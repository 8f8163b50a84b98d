using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatAnalysis.Grains;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Data.Sqlite;

namespace ChatAnalysis.Tests.VectorIndex;

/// <summary>A real owner in a folder of its own, and the hands to work with it as gateway and parser do.</summary>
internal sealed class TestOwner : IAsyncDisposable
{
    public const int Dimension = 16;

    private static int Uploads;

    private TestOwner(string folder, RecordingQueue queue, VectorIndexOptions options)
    {
        Folder = folder;
        Options = options;
        Queue = queue;
        Storage = new StorageOptions(folder, Path.Combine(folder, "uploads"));
        Directory.CreateDirectory(Storage.UploadDirectory);
        Grain = NewGrain();
    }

    public static ModelId Model { get; } = new("test-model", new string('a', 64));

    public string Folder { get; }

    public StorageOptions Storage { get; }

    public VectorIndexOptions Options { get; }

    public RecordingQueue Queue { get; }

    public ManualTime Time { get; } = new();

    public RecordingLog Log { get; private set; } = new();

    public VectorIndexGrain Grain { get; private set; }

    public string Snapshot => Path.Combine(Folder, "faiss_index.index");

    public string Database => Path.Combine(Folder, "chatanalysis.db");

    public static async Task<TestOwner> StartAsync(
        bool parsersOutlive = false, VectorIndexOptions? options = null, string? copyOf = null, RecordingQueue? queue = null)
    {
        var folder = Directory.CreateTempSubdirectory("index-").FullName;
        if (copyOf is not null)
            CopyFolder(copyOf, folder);
        var owner = new TestOwner(folder, queue ?? new RecordingQueue { ParsersOutliveOwner = parsersOutlive }, options ?? new VectorIndexOptions());
        await owner.StartAsync();
        return owner;
    }

    /// <summary>What a SIGKILL would leave: the files as they are while the owner runs, opened by another; and parsers' queue, if they outlive it.</summary>
    public Task<TestOwner> KillAsync() =>
        StartAsync(Queue.ParsersOutliveOwner, Options, copyOf: Folder, queue: Queue.ParsersOutliveOwner ? Queue : null);

    /// <summary>Another owner of the same folder, not started.</summary>
    public VectorIndexGrain NewGrain() => new(Storage, Options, Queue, Time, Log);

    public async Task RestartAsync()
    {
        await Grain.StopAsync(default);
        Log = new RecordingLog();
        Grain = NewGrain();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Grain.StopAsync(default);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Opens an upload of files with these contents, which lie in UPLOAD_DIR.</summary>
    public Task<string> OpenAsync(params string[] contents) => OpenAsync(clusters: 2, allowDuplicates: false, contents);

    public Task<string> OpenAsync(int clusters, bool allowDuplicates, params string[] contents) =>
        OpenAsync(clusters, allowDuplicates, ReadingOptions.Default, contents);

    public async Task<string> OpenAsync(int clusters, bool allowDuplicates, ReadingOptions reading, params string[] contents)
    {
        var id = $"{Interlocked.Increment(ref Uploads):x32}";
        Directory.CreateDirectory(Path.Combine(Storage.UploadDirectory, id));
        var files = contents.Select((content, i) =>
        {
            File.WriteAllText(Path.Combine(Storage.UploadDirectory, id, $"{i}"), content);
            var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            return new UploadedFile($"{content}.json", $"{id}/{i}", content.Length, sha);
        }).ToList();
        await Grain.OpenUploadAsync(new UploadOpening(id, files, clusters, allowDuplicates) { Reading = reading }, default);
        return id;
    }

    /// <summary>Claims the next file that is handed out.</summary>
    public async Task<FileClaimKey> ClaimAsync()
    {
        var claim = await ClaimAsync(await Queue.NextAsync());
        Assert.Equal(FileClaimOutcome.Granted, claim.Outcome);
        return claim.Key!;
    }

    /// <summary>Asks for a file as a parser that has just got the job.</summary>
    public Task<FileClaim> ClaimAsync(FileJob job) => Grain.ClaimFileAsync(job, $"{Guid.NewGuid()}", default);

    public Task<AddOutcome> AddAsync(FileClaimKey claim, long firstOrdinal, params string[] texts) =>
        AddAsync(claim, texts.Select((text, i) => Message(firstOrdinal + i, text)).ToArray());

    public Task<AddOutcome> AddAsync(FileClaimKey claim, params ParsedMessage[] messages) => AddAsync(claim, Model, Dimension, messages);

    public Task<AddOutcome> AddAsync(FileClaimKey claim, ModelId model, int dimension, params ParsedMessage[] messages) =>
        Grain.AddMessagesAsync(new MessageBatch(claim, messages, model, Vectors(dimension, messages.Select(m => m.Text))), default);

    public async Task FinishAsync(FileClaimKey claim, long messages) =>
        Assert.True(await Grain.FinishFileAsync(claim, Report(messages), default));

    /// <summary>Reads the next file that is handed out to its end: its messages are these texts.</summary>
    public async Task ReadNextAsync(params string[] texts)
    {
        var claim = await ClaimAsync();
        Assert.Equal(AddOutcome.Added, await AddAsync(claim, 0, texts));
        await FinishAsync(claim, texts.Length);
    }

    /// <summary>An upload of one file with these texts, read to its end.</summary>
    public async Task<string> ImportAsync(string content, params string[] texts)
    {
        var id = await OpenAsync(content);
        await ReadNextAsync(texts);
        await EndAsync(id);
        return id;
    }

    public async Task<UploadStatus> EndAsync(string uploadId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return (await Grain.WaitForUploadAsync(uploadId, Timeout.InfiniteTimeSpan, patience.Token))!;
    }

    public async Task<UploadStatus> StatusAsync(string uploadId) => (await Grain.WaitForUploadAsync(uploadId, TimeSpan.Zero, default))!;

    public async Task<long> SizeAsync() => (await Grain.GetStatusAsync(default)).Size;

    /// <summary>The texts nearest to a text.</summary>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit = 3) =>
        (await Grain.SearchAsync(new SearchQuery(Model, Vectors(Dimension, [text]).Values, limit), default)).Hits;

    /// <summary>Looks into the database, beside the owner.</summary>
    public long Sql(string sql)
    {
        using var connection = new DatabaseConnection(Database, SqliteOpenMode.ReadWrite);
        return connection.Integer(sql) ?? -1;
    }

    public static FileReport Report(long messages) => new("test", 1, messages, new Dictionary<string, long> { ["empty"] = 2 });

    public static ParsedMessage Message(long ordinal, string text, string? conversation = null, string? id = null) =>
        new(ordinal, new ConversationRef(0, "test", conversation, null), id, "ann", "user", null, text);

    /// <summary>A unit vector for each text, the same for the same text.</summary>
    public static VectorBlock Vectors(int dimension, IEnumerable<string> texts) => new(dimension, texts.SelectMany(text =>
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        var vector = Enumerable.Range(0, dimension).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var length = MathF.Sqrt(vector.Sum(v => v * v));
        return vector.Select(v => v / length);
    }).ToArray());

    public static string[] Texts(int count, string stem) =>
        Enumerable.Range(0, count).Select(i => $"{stem} {i.ToString(CultureInfo.InvariantCulture)}").ToArray();

    /// <summary>Starts, and waits for the first look after what was left undone.</summary>
    private async Task StartAsync()
    {
        await Grain.StartAsync(default);
        await Task.WhenAny(Log.SaysAsync("files wait to be read"), Log.SaysAsync("Looking after files failed"));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path) is "index.lock")
                continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
