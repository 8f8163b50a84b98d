using System.Text.RegularExpressions;
using ChatAnalysis.Gateway;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Silo.Health;
using ChatAnalysis.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>The Dockerfile fits the repository and the programs.</summary>
public sealed partial class ImageTests
{
    private static readonly Dockerfile Images = Dockerfile.Current;

    [Theory]
    [InlineData("gateway", "ChatAnalysis.Gateway.dll")]
    [InlineData("silo", "ChatAnalysis.Silo.dll")]
    public void A_stage_starts_its_program_as_an_ordinary_user(string stage, string program)
    {
        Assert.Equal(["/usr/share/dotnet/dotnet", $"/app/{program}"], Dockerfile.WordsOf(Assert.Single(Images.Of(stage, "ENTRYPOINT"))));
        Assert.Equal("${APP_UID}:${APP_UID}", Images.Of(stage, "USER").Last());
        Assert.DoesNotContain("APP_UID=0", Images.Of(stage, "ARG"));
    }

    [Fact]
    public void Health_checks_ask_for_what_the_programs_answer()
    {
        using var folder = new TemporaryFolder();
        using var gateway = (IDisposable)GatewayApplication.Build([$"--DATA_DIR={folder.Path}"], GrainComposition.AddGatewayGrains);
        using var silo = (IDisposable)HostedProgram.CreateBuilder([]).Build();
        ((WebApplication)silo).MapSiloHealth();

        Assert.Contains(Images.HealthPathOf("gateway"), RoutesOf(gateway));
        Assert.Contains(Images.HealthPathOf("silo"), RoutesOf(silo));
    }

    [Fact]
    public void Every_copied_file_is_in_the_repository_and_is_sent_to_the_build()
    {
        var allowed = Allowed();
        foreach (var copy in Images.Stages.SelectMany(stage => Images.Of(stage, "COPY")).Distinct())
        {
            var words = copy.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].StartsWith("--from=", StringComparison.Ordinal))
            {
                Assert.Contains(words[0]["--from=".Length..], Images.Stages);
                continue;
            }

            foreach (var source in words[..^1].Where(source => source != "."))
            {
                Assert.True(Path.Exists(Repository.PathOf(source)), $"{source} is not there to be copied");
                Assert.Contains(source, allowed);
            }
        }
    }

    [Fact]
    public void All_that_make_build_needs_is_sent_to_the_build()
    {
        var makefile = File.ReadAllText(Repository.PathOf("Makefile"));
        var needed = PrerequisiteList().Matches(makefile).SelectMany(list => list.Groups["names"].Value.Split(' '))
            .Select(name => name.Split('/')[0]).Append("Makefile").Distinct().ToArray();

        Assert.Contains("Gateway", needed);
        Assert.Contains("global.json", needed);
        Assert.Empty(needed.Except(Allowed()));
        Assert.All(Allowed(), name => Assert.True(Path.Exists(Repository.PathOf(name)), $"{name} is sent to the build, but is not there"));
    }

    [Fact]
    public void The_program_is_copied_from_where_make_build_puts_it()
    {
        var makefile = File.ReadAllText(Repository.PathOf("Makefile"));
        var copied = Images.Of("runtime", "COPY").Single(copy => copy.Contains("--from=build", StringComparison.Ordinal)).Split(' ');
        Assert.Contains($"{copied[1]["/source/".Length..]}/ChatAnalysis.Gateway.dll", makefile, StringComparison.Ordinal);
    }

    private static string[] Allowed() =>
        [.. File.ReadLines(Repository.PathOf("deploy", "Dockerfile.dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..])];

    private static IEnumerable<string?> RoutesOf(IDisposable app) => ((IEndpointRouteBuilder)app).DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText);

    [GeneratedRegex(@"^PROJECT_FILES = (?<names>.*)$|\$\(call sources,(?<names>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex PrerequisiteList();
}
