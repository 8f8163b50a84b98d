using System.Net;
using System.Text.Json;

namespace ChatAnalysis.Tests.Service;

/// <summary>A file that takes down the process that reads it.</summary>
public sealed class CrashingFileTests
{
    private const int Tries = 3, Neighbours = 12, Killed = 128 + 9;

    [Fact]
    public async Task It_fails_alone_after_three_tries_and_its_neighbours_succeed()
    {
        using var data = new TemporaryFolder();
        var neighbours = Enumerable.Range(0, Neighbours).Select(i => ChatExport.Prototype($"neighbour {i}", 40)).ToList();
        var crashing = ChatExport.Prototype(CrashOnMark.Text, 1);
        using (var form = ChatExport.Form([.. neighbours.Take(2), crashing, .. neighbours.Skip(2)]))
        {
            await using var first = ServiceProcess.Launch(CheapService.Command, data.Path);
            await first.WaitUntilReadyAsync();
            try
            {
                using var answer = await first.Client.PostAsync("/upload?wait=false", form);
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // The upload is recorded before it is answered, and the crash may come before the answer.
            }

            Assert.Equal(Killed, await first.WaitForExitAsync());
        }

        for (var crash = 2; crash <= Tries; crash++)
        {
            await using var again = ServiceProcess.Launch(CheapService.Command, data.Path);
            Assert.Equal(Killed, await again.WaitForExitAsync());
        }

        await using var last = ServiceProcess.Launch(CheapService.Command, data.Path);
        await last.WaitUntilReadyAsync();
        await last.Client.WaitForAllUploadsAsync();
        var upload = Assert.Single(await last.Client.UploadsAsync()).GetProperty("upload").GetString();
        var status = await last.Client.GetStringAsync($"/v1/uploads/{upload}");
        var files = JsonElement.Parse(status).GetProperty("files").EnumerateArray().ToList();
        Assert.Equal("abandoned", files[2].GetProperty("error").GetProperty("kind").GetString());
        files.RemoveAt(2);
        Assert.All(files, file => Assert.Equal(("succeeded", 40), (file.GetProperty("status").GetString(), file.GetProperty("messages").GetInt32())));
    }
}
