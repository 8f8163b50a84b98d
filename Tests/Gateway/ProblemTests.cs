using System.Net;

namespace ChatAnalysis.Tests.Gateway;

public sealed class ProblemTests
{
    [Fact]
    public async Task An_unknown_path_is_404()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync("/nowhere");

        await TestGateway.ProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/upload")]
    [InlineData("/v1/embeddings")]
    public async Task A_wrong_method_is_405_and_says_which_is_right(string path)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync(path);

        await TestGateway.ProblemAsync(response, HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_500_without_its_insides()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Fault = new InvalidOperationException("secret insides");

        using var response = await gateway.GetAsync("/v1/search?q=a");

        await TestGateway.ProblemAsync(response, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
