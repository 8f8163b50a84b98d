using ChatAnalysis.Cluster;
using ChatAnalysis.Gateway;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatAnalysis.Tests.Gateway;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("PORT=abc", "PORT is 'abc', but must be a whole number from 0 to 65535")]
    [InlineData("PORT=65536", "PORT is '65536', but must be a whole number from 0 to 65535")]
    [InlineData("Listen:Address=example.org", "Listen:Address is 'example.org', but must be an IP address of this machine, or localhost")]
    [InlineData("Listen:AllowRemote=perhaps", "Listen:AllowRemote is 'perhaps', but must be true or false")]
    [InlineData("Listen:Adress=::1", "Listen:Adress is no setting; Listen has Address, AllowRemote")]
    [InlineData("Upload:MaxFiles=0", "Upload:MaxFiles is '0', but must be a whole number from 1 to 1000000")]
    [InlineData("Upload:MaxFiles=", "Upload:MaxFiles is '', but must be a whole number from 1 to 1000000")]
    [InlineData("Upload:MaxFileBytes=4GB", "Upload:MaxFileBytes is '4GB', but must be a whole number from 1 to 1000000000000000")]
    [InlineData("Upload:MaxTotalBytes=0", "Upload:MaxTotalBytes is '0', but must be a whole number from 1 to 1000000000000000")]
    [InlineData("Upload:Clusters=1001", "Upload:Clusters is '1001', but must be a whole number from 1 to 1000")]
    [InlineData("Logging:Format=xml", "Logging:Format is 'xml', but must be one of plain, json")]
    [InlineData("Logging:LogLevel:Default=loud", "Logging:LogLevel:Default is 'loud', but must be one of trace, debug,")]
    [InlineData("DATA_DIR=/proc/none", "DATA_DIR is '/proc/none', but must be a folder that can be created and written to")]
    [InlineData("UPLOAD_DIR=/dev/null", "UPLOAD_DIR is '/dev/null', but must be a folder that can be created and written to")]
    public void A_wrong_setting_is_named_with_what_it_may_be(string setting, string line)
    {
        var failure = Assert.Throws<StartFailedException>(() => Build($"--{setting}"));

        Assert.StartsWith(line, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("FileParsers:Count=0", "FileParsers:Count is '0', but must be a whole number from 1 to 1024")]
    [InlineData("FileParsers:RetryDelay=soon", "FileParsers:RetryDelay is 'soon', but must be a time as hours:minutes:seconds from")]
    public void A_wrong_setting_of_another_section_is_too(string setting, string line)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine([$"--{setting}"]).Build();

        var failure = Assert.Throws<StartFailedException>(() => SettingsReader.Read<FileParsersOptions>(configuration, "FileParsers"));

        Assert.StartsWith(line, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_sets_what_it_names_and_leaves_the_rest_at_its_default()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--fileparsers:retrydelay=00:00:05"]).Build();

        var options = SettingsReader.Read<FileParsersOptions>(configuration, "FileParsers");

        Assert.Equal(new FileParsersOptions { RetryDelay = TimeSpan.FromSeconds(5) }, options);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.168.1.7")]
    public void An_address_that_others_reach_is_refused_unless_it_is_asked_for_in_so_many_words(string address)
    {
        var failure = Assert.Throws<StartFailedException>(() => Build($"--Listen:Address={address}"));

        Assert.Contains("no access control", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Listen:AllowRemote=true", failure.Message, StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => Build($"--Listen:Address={address}", "--Listen:AllowRemote=true")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void A_loopback_address_needs_no_leave(string address) =>
        Assert.Null(Record.Exception(() => Build($"--Listen:Address={address}", "--PORT=5001")));

    [Fact]
    public void Folders_are_made_where_missing_and_uploads_lie_in_the_data_folder()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--DATA_DIR", _folder.PathOf("a/b")]).Build();

        var settings = GatewaySettings.Read(configuration);

        Assert.Equal(_folder.PathOf("a/b"), settings.Storage.DataDirectory);
        Assert.Equal(_folder.PathOf("a/b/uploads"), settings.Storage.UploadDirectory);
        Assert.True(Directory.Exists(_folder.PathOf("a/b/uploads")));
        Assert.Empty(Directory.GetFiles(_folder.PathOf("a/b")));
    }

    public void Dispose() => _folder.Dispose();

    private void Build(params string[] settings)
    {
        string[] args = [$"--DATA_DIR={_folder.PathOf("data")}", "--PORT=0", .. settings];
        using var app = (IDisposable)GatewayApplication.Build(args, _ => { });
    }
}
