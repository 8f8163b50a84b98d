using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ChatAnalysis.Tests.Gateway;

public sealed class UploadReceptionTests
{
    [Fact]
    public async Task Files_lie_in_the_uploads_folder_by_number_with_their_size_and_hash()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var large = new byte[1_000_003];
        RandomNumberGenerator.Fill(large);
        using var body = new MultipartFormDataContent
        {
            { new StringContent("ignored"), "comment" },
            { new ByteArrayContent(large), "files", "large.json" },
            { new ByteArrayContent([]), "files", "empty.json" },
            { new StringContent("other"), "attachment", "other.json" },
        };

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var upload = gateway.Index.Opened.Single();
        Assert.Matches("^[0-9a-f]{32}$", upload.UploadId);
        Assert.Equal([$"{upload.UploadId}/0", $"{upload.UploadId}/1"], upload.Files.Select(f => f.StoredAs));
        Assert.Equal([large.Length, 0], upload.Files.Select(f => f.Size));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(large)), upload.Files[0].Sha256);
        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(gateway.UploadDirectory, upload.Files[0].StoredAs)));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(gateway.UploadDirectory, upload.UploadId)).Length);
    }

    [Fact]
    public async Task An_upload_goes_on_in_the_trace_of_its_request()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Client.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"));

        Assert.StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-", gateway.Index.Opened.Single().TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_received_can_be_read_by_the_programs_user_alone()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"));

        var stored = Path.Combine(gateway.UploadDirectory, gateway.Index.Opened.Single().Files[0].StoredAs);
#pragma warning disable CA1416 // The program runs on Linux and macOS.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stored));
        const UnixFileMode privateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(privateFolder, File.GetUnixFileMode(Path.GetDirectoryName(stored)!));
        Assert.Equal(privateFolder, File.GetUnixFileMode(gateway.UploadDirectory));
#pragma warning restore CA1416
    }

    [Theory]
    [InlineData("filename=\"../../etc/passwd\"", "../../etc/passwd")]
    [InlineData("filename=\"C:\\chats\\a.json\"", "C:\\chats\\a.json")]
    [InlineData("filename=\"Grüße 🎉.json\"", "Grüße 🎉.json")]
    [InlineData("filename=\"a%22b.json\"", "a\"b.json")]
    [InlineData("filename=\"a\\\"b.json\"", "a\"b.json")]
    [InlineData("filename=\"100%.json\"", "100%.json")]
    [InlineData("filename=plain.json", "plain.json")]
    [InlineData("filename=\"x.json\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.json", "Grüße.json")]
    public async Task A_files_name_is_text_and_never_a_path(string disposition, string name)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var body = Raw($"--b\r\nContent-Disposition: form-data; name=\"files\"; {disposition}\r\n\r\n{{}}\r\n--b--\r\n");

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var file = gateway.Index.Opened.Single().Files.Single();
        Assert.Equal(name, file.Name);
        Assert.Equal($"{gateway.Index.Opened.Single().UploadId}/0", file.StoredAs);
        Assert.Equal(name, (await TestGateway.JsonAsync(response)).GetProperty("files")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n{}\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\n{}\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n--b--\r\n")]
    [InlineData("--b--\r\n")]
    public async Task A_body_without_a_file_in_the_field_is_400_and_says_which_field(string body)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), Raw(body));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("'files'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    [Fact]
    public async Task A_form_field_where_no_file_was_chosen_takes_no_place_among_the_files()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        const string notChosen = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n";
        const string chosen = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n{}\r\n";

        using var response = await gateway.Client.PostAsync(
            new Uri("/upload", UriKind.Relative), Raw($"{notChosen}{chosen}{notChosen}--b--\r\n"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var file = gateway.Index.Opened.Single().Files.Single();
        var stored = Directory.GetFiles(gateway.UploadDirectory, "*", SearchOption.AllDirectories).Single();
        Assert.Equal(Path.Combine(gateway.UploadDirectory, file.StoredAs), stored);
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"b.json\"\r\n\r\n{}\r\n--b--\r\n", null)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n{}", "a.json")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n{}\r\n--b\r\nnonsense\r\n\r\n", null)]
    [InlineData("no part at all", null)]
    [InlineData("", null)]
    public async Task A_body_that_breaks_multiparts_rules_is_400_and_leaves_nothing(string body, string? file)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), Raw(body));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(file, problem.TryGetProperty("file", out var named) ? named.GetString() : null);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
        Assert.Empty(gateway.Index.Opened);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/mixed; boundary=b", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", HttpStatusCode.BadRequest)]
    public async Task A_body_that_is_no_form_is_refused(string type, HttpStatusCode status)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var body = Raw("{}");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body);

        await TestGateway.ProblemAsync(response, status);
    }

    [Theory]
    [InlineData("Upload:MaxFileBytes=10", "b.json", "Upload:MaxFileBytes")]
    [InlineData("Upload:MaxTotalBytes=14", "b.json", "Upload:MaxTotalBytes")]
    [InlineData("Upload:MaxFiles=1", "b.json", "Upload:MaxFiles")]
    public async Task Past_a_limit_the_answer_is_413_with_the_file_and_the_setting_and_nothing_is_kept(
        string setting, string file, string named)
    {
        await using var gateway = await new TestGateway { Settings = [setting] }.StartReadyAsync();

        using var response = await gateway.UploadAsync("/upload", ("a.json", "[1]"), ("b.json", "[2, 34, 567, 89]"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(file, problem.GetProperty("file").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
        Assert.Empty(gateway.Index.Opened);
    }

    [Fact]
    public async Task Files_right_at_the_limits_are_taken()
    {
        await using var gateway = await new TestGateway
        {
            Settings = ["Upload:MaxFileBytes=4", "Upload:MaxTotalBytes=7", "Upload:MaxFiles=2"],
        }.StartReadyAsync();

        using var response = await gateway.UploadAsync("/upload", ("a.json", "[11]"), ("b.json", "[2]"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_announced_as_larger_than_any_upload_is_refused_before_it_is_sent()
    {
        await using var gateway = await new TestGateway { Settings = ["Upload:MaxTotalBytes=10", "Upload:MaxFiles=1"] }.StartReadyAsync();
        using var socket = await ConnectAsync(gateway);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Head(contentLength: 1_000_000)));

        var answer = await ReadStatusLineAsync(socket);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_as_many_files_wait_as_may_an_upload_is_429_before_its_body_is_sent_and_worth_another_try()
    {
        await using var gateway = await new TestGateway { Settings = ["Upload:MaxPendingFiles=5"] }.StartReadyAsync();
        gateway.Index.Status = gateway.Index.Status with { PendingFiles = 5 };
        using var socket = await ConnectAsync(gateway);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Head(contentLength: 1_000_000)));

        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 429", await reader.ReadLineAsync(), StringComparison.Ordinal);
        var headers = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
            headers.Add(header);
        Assert.Contains("Retry-After: 10", headers);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));

        gateway.Index.Status = gateway.Index.Status with { PendingFiles = 4 };
        using var taken = await gateway.UploadAsync("/upload", ("a.json", "{}"));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_body_larger_than_the_servers_own_limit_is_streamed()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        const int size = 40 << 20; // Kestrel's default ends at 30,000,000 bytes.

        using var response = await gateway.UploadAsync("/upload", ("a.json", new string(' ', size)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(size, gateway.Index.Opened.Single().Files.Single().Size);
    }

    [Fact]
    public async Task Of_a_client_that_goes_away_while_sending_nothing_is_kept()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using (var socket = await ConnectAsync(gateway))
        {
            var half = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n" + new string(' ', 500_000);
            await socket.SendAsync(Encoding.ASCII.GetBytes(Head(contentLength: 1_000_000) + half));
            await gateway.UntilUploadFoldersAsync(1);
        }

        await gateway.UntilUploadFoldersAsync(0);
        Assert.Empty(gateway.Index.Opened);
    }

    private static ByteArrayContent Raw(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return content;
    }

    private static string Head(int contentLength) =>
        $"POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {contentLength}\r\n\r\n";

    private static async Task<Socket> ConnectAsync(TestGateway gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        return socket;
    }

    private static async Task<string> ReadStatusLineAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }
}
