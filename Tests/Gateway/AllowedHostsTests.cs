using System.Net;
using ChatAnalysis.Gateway.Security;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ChatAnalysis.Tests.Gateway;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5000")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("[::1]:5000")]
    public async Task On_loopback_its_names_are_answered(string host)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await AskAsync(gateway, host);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:5000")]
    [InlineData("192.168.0.7")]
    public async Task On_loopback_a_page_whose_name_points_here_is_refused(string host)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await AskAsync(gateway, host);

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("AllowedHosts", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_setting_says_otherwise()
    {
        await using var gateway = await new TestGateway { Settings = ["AllowedHosts=chats.example; *.example.org"] }.StartReadyAsync();

        using var named = await AskAsync(gateway, "chats.example");
        using var below = await AskAsync(gateway, "a.example.org:80");
        using var other = await AskAsync(gateway, "localhost");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest],
            [named.StatusCode, below.StatusCode, other.StatusCode]);
    }

    [Theory]
    [InlineData("0.0.0.0", "chats.example", true)]
    [InlineData("127.0.0.2", "127.0.0.2", true)]
    [InlineData("127.0.0.2", "chats.example", false)]
    [InlineData("::1", "[::1]", true)]
    public void Without_the_setting_the_address_decides(string address, string host, bool allowed)
    {
        var hosts = AllowedHosts.Read(Settings(), new ListenOptions(IPAddress.Parse(address), 5000));

        Assert.Equal(allowed, hosts.Allow(new HostString(host)));
    }

    [Fact]
    public void A_setting_that_names_no_host_stops_the_start()
    {
        var failure = Assert.Throws<StartFailedException>(
            () => AllowedHosts.Read(Settings(("AllowedHosts", " ;")), new ListenOptions(null, 5000)));

        Assert.StartsWith("AllowedHosts is ' ;'", failure.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/uploads");
        request.Headers.Host = host;
        return await gateway.Client.SendAsync(request);
    }
}
