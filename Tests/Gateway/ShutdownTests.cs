using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatAnalysis.Tests.Gateway;

public sealed class ShutdownTests
{
    [Fact]
    public async Task A_client_that_waits_is_told_where_its_upload_will_be()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Work = new TaskCompletionSource().Task;
        var waiting = gateway.UploadAsync("/upload", ("a.json", "{}"));
        var upload = await gateway.Index.FirstOpened.Task;

        await gateway.StopAsync();

        using var response = await waiting;
        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal($"/v1/uploads/{upload.UploadId}", response.Headers.Location?.ToString());
        Assert.Equal(upload.UploadId, problem.GetProperty("upload").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_client_that_still_sends_does_not_hold_the_program_up_and_nothing_is_kept()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n[1"));
        await gateway.UntilUploadFoldersAsync(1);

        await gateway.StopAsync();

        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 503", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
        Assert.Contains("index", gateway.Stopped);
    }

    [Fact]
    public async Task The_parsers_end_before_what_they_work_with()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        await gateway.StopAsync();

        Assert.Equal("parsers", gateway.Stopped[0]);
        Assert.Equal(["embedding", "index"], gateway.Stopped.Skip(1).Order());
    }

    [Fact]
    public async Task It_ends_while_it_still_loads()
    {
        await using var gateway = await new TestGateway { IndexLoading = new TaskCompletionSource().Task }.StartListeningAsync();

        await gateway.StopAsync();

        Assert.DoesNotContain("index", gateway.Stopped);
    }
}
