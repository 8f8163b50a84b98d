using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace ChatAnalysis.Tests.Service;

/// <summary>Files larger than any memory that is to be spent on them.</summary>
public sealed class LargeUploadTests(ITestOutputHelper log)
{
    private const long FileBytes = 2L << 30, AllowedGrowth = 200 << 20;
    private const int MessageBytes = 100_000;

    [Fact]
    public async Task Two_gigabytes_are_received_and_parsed_within_200_MB()
    {
        using var data = new TemporaryFolder();
        await using var service = ServiceProcess.Launch(CheapService.Command, data.Path);
        await service.WaitUntilReadyAsync();
        await service.Client.UploadAsync(ChatExport.Prototype("warm", 100));
        var before = PeakMemory(service.Id);

        using var form = new MultipartFormDataContent { { new OneLineExport(FileBytes, MessageBytes), "files", "large.json" } };
        using var answer = await service.Client.PostAsync("/upload", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(FileBytes / MessageBytes, body.GetProperty("stats").GetProperty("messages").GetInt64());

        var growth = PeakMemory(service.Id) - before;
        log.WriteLine($"the process grew by {growth >> 20} MB at its peak");
        Assert.InRange(growth, 0, AllowedGrowth);
    }

    [Fact]
    public async Task A_gigabyte_in_a_zip_is_parsed_within_200_MB_and_leaves_nothing_on_disk()
    {
        using var data = new TemporaryFolder();
        await using var service = ServiceProcess.Launch(CheapService.Command, data.Path);
        await service.WaitUntilReadyAsync();
        await service.Client.UploadAsync(ChatExport.Prototype("warm", 100));
        var before = PeakMemory(service.Id);

        using var form = new MultipartFormDataContent { { new ZippedExport(FileBytes / 2, MessageBytes), "files", "large.zip" } };
        using var answer = await service.Client.PostAsync("/upload", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(FileBytes / 2 / MessageBytes, body.GetProperty("stats").GetProperty("messages").GetInt64());

        var growth = PeakMemory(service.Id) - before;
        log.WriteLine($"the process grew by {growth >> 20} MB at its peak");
        Assert.InRange(growth, 0, AllowedGrowth);
        Assert.Empty(Directory.EnumerateFiles(data.PathOf("uploads"), ".unpacked*", SearchOption.AllDirectories));
    }

    private static long PeakMemory(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>An export of the prototype's shape on one line, packed by a hundred or so while it is sent.</summary>
    private sealed class ZippedExport(long fileBytes, int messageBytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null);
            await using var entry = await archive.CreateEntry("export/chat.json", CompressionLevel.Fastest).OpenAsync();
            await entry.WriteAsync("{\"messages\":["u8.ToArray());
            for (var i = 0; i < fileBytes / messageBytes; i++)
            {
                var block = Convert.ToBase64String(SHA512.HashData(BitConverter.GetBytes(i)));
                var text = new StringBuilder(messageBytes).Append(i > 0 ? "," : "").Append('"').Append(i);
                while (text.Length < messageBytes - block.Length)
                    text.Append(block);
                await entry.WriteAsync(Encoding.ASCII.GetBytes(text.Append('"').ToString()));
            }

            await entry.WriteAsync("]}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>An export of the prototype's shape on one line, made while it is sent.</summary>
    private sealed class OneLineExport(long fileBytes, int messageBytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"messages\":["u8.ToArray());
            for (var i = 0; i < fileBytes / messageBytes; i++)
            {
                var text = $"{(i > 0 ? "," : "")}\"{i} {new string((char)('a' + (i % 26)), messageBytes - 20)}\"";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
            }

            await stream.WriteAsync("]}"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
