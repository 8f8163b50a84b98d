using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatAnalysis.Gateway;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>What deploy/ sets is what the programs know, and they start with it.</summary>
public sealed partial class DeployedSettingsTests : IDisposable
{
    private static readonly string[] Sections =
        ["Cluster", "Embedding", "FileParsers", "Index", "Listen", "Logging", "Parsing", "Silo", "Upload"];

    private static readonly string[] Single = ["AllowedHosts", "DATA_DIR", "MODEL_CACHE", "PORT", "UPLOAD_DIR"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_program_accepts_its_settings()
    {
        File.WriteAllText(_folder.PathOf("password"), "secret\n");
        foreach (var compose in ComposeFile.All)
        {
            foreach (var (_, program) in compose.Programs)
            {
                string[] args = [.. SettingsOf(compose, program).Select(Argument)];
                if (compose.StageOf(program) == "gateway")
                    using (GatewayApplication.Build(args, GrainComposition.AddGatewayGrains) as IDisposable)
                        continue;
                var silo = HostedProgram.CreateBuilder(args);
                ListenOptions.Read(silo.Configuration, defaultPort: 0);
                silo.AddSiloGrains();
            }
        }
    }

    [Fact]
    public void Every_setting_has_a_name_that_is_read()
    {
        foreach (var compose in ComposeFile.All)
            foreach (var (_, program) in compose.Programs)
                foreach (var (name, _) in SettingsOf(compose, program))
                    Assert.Contains(name.Split("__")[0], name.Contains("__", StringComparison.Ordinal) ? Sections : Single);
    }

    [Fact]
    public void Every_role_is_played_and_every_program_goes_to_the_broker()
    {
        foreach (var compose in ComposeFile.All)
        {
            var silos = compose.Programs.Where(p => compose.StageOf(p.Service) == "silo");
            var roles = silos.SelectMany(s => $"{s.Service["environment"]!["Silo__Roles"]}".Split(", "));
            Assert.Equal(["embedding", "index", "parser"], roles.Order());
            foreach (var (_, program) in compose.Programs)
            {
                var broker = new Uri($"{program["environment"]!["Cluster__RabbitMq"]}");
                Assert.Contains(broker.Host, compose.Services.Select(s => s.Name));
                Assert.Empty(broker.UserInfo);
                var user = compose.Services.Single(s => s.Name == broker.Host).Service["environment"]!["RABBITMQ_DEFAULT_USER"];
                Assert.Equal($"{user}", $"{program["environment"]!["Cluster__User"]}");
            }
        }
    }

    [Fact]
    public void Every_variable_of_the_files_is_in_the_example_with_its_default_and_no_other_is()
    {
        var example = Variable().Matches(File.ReadAllText(Repository.PathOf("deploy", ".env.example")))
            .ToDictionary(line => line.Groups["name"].Value, line => line.Groups["value"].Value is { Length: > 0 } value ? value : null);

        Assert.Equal(
            ComposeFile.All.SelectMany(compose => compose.Variables).Distinct().OrderBy(v => v.Key), example.OrderBy(v => v.Key));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The image's environment with the service's own over it.</summary>
    private static Dictionary<string, string> SettingsOf(ComposeFile compose, JsonObject program)
    {
        var settings = Dockerfile.Current.EnvironmentOf(compose.StageOf(program));
        foreach (var (name, value) in ComposeFile.Map(program["environment"]))
            settings[name] = $"{value}";
        return settings;
    }

    /// <summary>The setting for the command line, with the container's folders and files moved to the test's own.</summary>
    private string Argument(KeyValuePair<string, string> setting)
    {
        var value = setting.Key switch
        {
            "DATA_DIR" or "UPLOAD_DIR" or "MODEL_CACHE" => _folder.PathOf(setting.Key),
            "Cluster__PasswordFile" => _folder.PathOf("password"),
            _ => setting.Value,
        };
        return $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={value}";
    }

    [GeneratedRegex("^#?(?<name>[A-Z_]+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
