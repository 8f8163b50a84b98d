using System.Net;

namespace ChatAnalysis.Tests.Gateway;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("urls=http://0.0.0.0:0")]
    [InlineData("preferHostingUrls=true")]
    [InlineData("http_ports=0")]
    [InlineData("Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    public async Task No_setting_of_the_servers_own_opens_another_address(string setting)
    {
        await using var gateway = await new TestGateway { Settings = [setting, "urls=http://0.0.0.0:0"] }.StartReadyAsync();

        // The gateway takes its one address, so a second one would fail the start already.
        Assert.Equal(IPAddress.Loopback.ToString(), gateway.Address.Host);
    }
}
