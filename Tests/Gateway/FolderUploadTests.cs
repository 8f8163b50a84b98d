using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class FolderUploadTests
{
    [Fact]
    public async Task The_files_of_a_folder_become_one_uncompressed_archive_in_the_place_of_the_first()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var large = new byte[1_000_003];
        RandomNumberGenerator.Fill(large);
        using var body = new MultipartFormDataContent
        {
            { new StringContent("a"), "files", "a.json" },
            { new ByteArrayContent(large), "files", "slack/general/2024-01-02.json" },
            { new StringContent("b"), "files", "b.json" },
            { new ByteArrayContent([]), "files", "slack/empty.json" },
            { new StringContent("Grüße"), "files", "slack/Grüße 🎉.json" },
        };

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var upload = gateway.Index.Opened.Single();
        Assert.Equal(["a.json", "slack", "b.json"], upload.Files.Select(file => file.Name));
        Assert.Equal(["0", "1", "2"], upload.Files.Select(file => file.StoredAs.Split('/')[1]));
        var stored = PathOf(gateway, upload.Files[1]);
        Assert.Equal(new FileInfo(stored).Length, upload.Files[1].Size);
        using var archive = ZipFile.OpenRead(stored);
        Assert.Equal(["slack/general/2024-01-02.json", "slack/empty.json", "slack/Grüße 🎉.json"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(large, Read(archive.Entries[0]));
        Assert.Empty(Read(archive.Entries[1]));
        Assert.Equal("Grüße", Encoding.UTF8.GetString(Read(archive.Entries[2])));
    }

    [Fact]
    public async Task A_file_that_is_alone_in_its_folder_is_an_archive_too()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        Assert.Equal("slack", (await StoreAsync(gateway, ("slack/users.json", "[]"))).Name);
    }

    [Fact]
    public async Task Several_folders_of_one_upload_are_one_archive_that_is_named_folder()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        Assert.Equal("folder", (await StoreAsync(gateway, ("slack/a.json", "a"), ("teams/b.json", "b"))).Name);
    }

    [Fact]
    public async Task Equal_folders_have_the_same_hash_in_whatever_order_their_files_come_and_others_have_another()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var hash = (await StoreAsync(gateway, ("f/a", "1"), ("f/b", "2"))).Sha256;

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, (await StoreAsync(gateway, ("f/a", "1"), ("f/b", "2"))).Sha256);
        Assert.Equal(hash, (await StoreAsync(gateway, ("f/b", "2"), ("f/a", "1"))).Sha256);
        Assert.NotEqual(hash, (await StoreAsync(gateway, ("f/a", "2"), ("f/b", "1"))).Sha256);
        Assert.NotEqual(hash, (await StoreAsync(gateway, ("f/a", "1"), ("f/c", "2"))).Sha256);
        Assert.NotEqual(hash, (await StoreAsync(gateway, ("f/a", "1"), ("f/b", "2"), ("f/c", ""))).Sha256);
    }

    [Fact]
    public async Task The_same_files_in_the_same_order_make_the_same_archive_byte_by_byte()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        var first = await StoreAsync(gateway, ("f/a", "1"), ("f/b", "2"));
        var second = await StoreAsync(gateway, ("f/a", "1"), ("f/b", "2"));

        Assert.Equal(await File.ReadAllBytesAsync(PathOf(gateway, first)), await File.ReadAllBytesAsync(PathOf(gateway, second)));
    }

    [Theory]
    [InlineData("a.json")]
    [InlineData("/a/b.json")]
    [InlineData("a//b.json")]
    [InlineData("a/b/")]
    [InlineData("./b.json")]
    [InlineData("a/../b.json")]
    [InlineData("../b.json")]
    [InlineData("a/..")]
    [InlineData("C:/a/b.json")]
    [InlineData("c:a/b.json")]
    [InlineData("a\\b/c.json")]
    [InlineData("a/\u0001/b.json")]
    public async Task A_name_that_is_no_clean_path_is_a_file_by_itself(string name)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var content = new StringContent("{}");
        content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"files\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
        using var body = new MultipartFormDataContent { content };

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body);

        var file = gateway.Index.Opened.Single().Files.Single();
        Assert.Equal((name, 2), (file.Name, file.Size));
        Assert.Equal("{}", await File.ReadAllTextAsync(PathOf(gateway, file)));
    }

    [Fact]
    public async Task A_path_that_comes_twice_is_400_with_its_name_and_nothing_is_kept()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync("/upload", ("f/a", "1"), ("f/b", "2"), ("f/a", "3"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("f/a", problem.GetProperty("file").GetString());
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
        Assert.Empty(gateway.Index.Opened);
    }

    [Theory]
    [InlineData("Upload:MaxFileBytes=10")]
    [InlineData("Upload:MaxTotalBytes=14")]
    [InlineData("Upload:MaxFiles=1")]
    public async Task The_limits_hold_for_each_file_of_a_folder(string setting)
    {
        await using var gateway = await new TestGateway { Settings = [setting] }.StartReadyAsync();

        using var response = await gateway.UploadAsync("/upload", ("f/a.json", "[1]"), ("f/b.json", "[2, 34, 567, 89]"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("f/b.json", problem.GetProperty("file").GetString());
        Assert.Contains(setting.Split('=')[0], problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    [Fact]
    public async Task A_folder_right_at_the_limits_is_taken_though_its_archive_is_larger()
    {
        await using var gateway = await new TestGateway
        {
            Settings = ["Upload:MaxFileBytes=4", "Upload:MaxTotalBytes=7", "Upload:MaxFiles=2"],
        }.StartReadyAsync();

        Assert.True((await StoreAsync(gateway, ("f/a.json", "[11]"), ("f/b.json", "[2]"))).Size > 7);
    }

    [Fact]
    public async Task Of_a_folder_whose_body_ends_early_nothing_is_kept()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"f/a.json\"\r\n\r\n{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var response = await gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), content);

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("f/a.json", problem.GetProperty("file").GetString());
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    private static async Task<UploadedFile> StoreAsync(TestGateway gateway, params (string Name, string Content)[] files)
    {
        using var response = await gateway.UploadAsync("/upload", files);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(gateway.Index.Opened[^1].Files);
    }

    private static string PathOf(TestGateway gateway, UploadedFile file) => Path.Combine(gateway.UploadDirectory, file.StoredAs);

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
