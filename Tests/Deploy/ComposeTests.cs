using System.Globalization;
using System.Text.Json.Nodes;
using static ChatAnalysis.Tests.Deploy.ComposeFile;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>The rules that hold for the compose files, whichever are laid over each other.</summary>
public sealed class ComposeTests
{
    [Fact]
    public void Only_the_gateway_is_published_and_only_on_loopback()
    {
        foreach (var compose in All)
        {
            foreach (var (name, service) in compose.Services)
            {
                var ports = Texts(service["ports"]).ToArray();
                if (name != "gateway")
                    Assert.Empty(ports);
                else
                    Assert.StartsWith("127.0.0.1:", Assert.Single(ports), StringComparison.Ordinal);
                Assert.NotEqual("host", $"{service["network_mode"]}");
            }

            Assert.Equal("true", $"{compose.Content["networks"]!["cluster"]!["internal"]}");
        }
    }

    [Fact]
    public void The_published_port_is_the_one_that_the_gateway_listens_on()
    {
        var gateway = All[0].Services.Single(s => s.Name == "gateway").Service;
        var listensOn = Dockerfile.Current.EnvironmentOf("gateway")["PORT"];

        Assert.Equal(listensOn, Assert.Single(Texts(gateway["ports"])).Split(':')[^1]);
        Assert.Equal(listensOn, Assert.Single(Dockerfile.Current.Of("gateway", "EXPOSE")));
        Assert.Null(gateway["environment"]!["PORT"]);
        Assert.Equal("0.0.0.0", $"{gateway["environment"]!["Listen__Address"]}");
    }

    [Fact]
    public void Requests_reach_the_gateway_by_loopbacks_names_alone_until_others_are_named()
    {
        var hosts = All[0].Services.Single(s => s.Name == "gateway").Service["environment"]!["AllowedHosts"];
        Assert.Equal("localhost;127.0.0.1;[::1]", $"{hosts}");
    }

    [Fact]
    public void Every_service_is_started_again_and_watched()
    {
        foreach (var compose in All)
        {
            foreach (var (name, service) in compose.Services)
            {
                if (name == "folders") // It ends.
                {
                    Assert.Equal("no", $"{service["restart"]}");
                    continue;
                }

                Assert.Equal("unless-stopped", $"{service["restart"]}");
                if (name == "rabbitmq")
                    Assert.NotEmpty(Texts(service["healthcheck"]!["test"]));
                else
                    Assert.NotEmpty(Dockerfile.Current.Of(compose.StageOf(service), "HEALTHCHECK"));
            }
        }
    }

    [Fact]
    public void Services_wait_until_those_they_need_are_well()
    {
        foreach (var compose in All)
        {
            var names = compose.Services.Select(s => s.Name).ToHashSet();
            foreach (var (name, service) in compose.Programs)
            {
                var needs = Map(service["depends_on"]).ToDictionary(n => n.Key, n => $"{n.Value!["condition"]}");
                foreach (var (need, condition) in needs)
                    Assert.Equal(need == "folders" ? "service_completed_successfully" : "service_healthy", condition);
                var expected = name == "gateway" ? names.Except(["gateway"]) : ["folders", "rabbitmq"];
                Assert.Equal(expected.Order(), needs.Keys.Order());
            }
        }
    }

    [Fact]
    public void Any_number_of_a_service_can_run_and_each_image_is_built_once()
    {
        foreach (var compose in All)
        {
            Assert.All(compose.Services, s => Assert.Null(s.Service["container_name"]));
            Assert.All(compose.Programs, p => Assert.Null(p.Service["hostname"]));
            Assert.All(compose.Programs, p => Assert.Null(p.Service["environment"]!["Cluster__Name"]));
            var built = compose.Services.Where(s => s.Service["build"] is not null).Select(s => $"{s.Service["image"]}").ToArray();
            Assert.Equal(built.Distinct(), built);
            Assert.Equal("2", $"{compose.Services.Single(s => s.Name == "index").Service["deploy"]!["replicas"]}");
        }
    }

    [Fact]
    public void What_lasts_lies_under_data_where_the_programs_look_for_it()
    {
        foreach (var compose in All)
        {
            foreach (var (name, program) in compose.Programs.Append(compose.Services.Single(s => s.Name == "folders")))
            {
                var stage = compose.StageOf(program);
                var settings = Dockerfile.Current.EnvironmentOf(stage);
                var known = new Dictionary<string, string>
                {
                    [settings["DATA_DIR"]] = "./data/index",
                    [settings["UPLOAD_DIR"]] = "./data/uploads",
                    [settings["MODEL_CACHE"]] = "./data/models",
                    ["/onnxruntime"] = "./data/onnxruntime",
                };
                var mounts = MountsOf(program);
                Assert.All(mounts, mount => Assert.Equal(known[mount.Key], mount.Value));
                Assert.True(mounts.ContainsKey(settings["UPLOAD_DIR"]), $"{name} does not see the uploads");
                Assert.Equal(name is "index" or "folders", mounts.ContainsKey(settings["DATA_DIR"]));
                if ($"{program["environment"]?["Embedding__Library"]}" is { Length: > 0 } library)
                    Assert.Contains(mounts.Keys, mount => library.StartsWith($"{mount}/", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Every_folder_that_is_written_to_is_given_to_the_programs_user()
    {
        var folders = All[0].Services.Single(s => s.Name == "folders").Service;
        var command = Texts(folders["entrypoint"]).ToArray();
        var image = File.ReadAllText(Repository.PathOf("deploy", "install-runtime"));

        foreach (var compose in All)
            foreach (var (_, program) in compose.Programs)
                foreach (var (target, _) in MountsOf(program, writable: true))
                    Assert.Contains(target, command);
        Assert.Equal(MountsOf(folders).Keys, command.Where(word => word.StartsWith('/')));
        Assert.Contains($"-m 700 -o \"$1\" -g \"$1\" {string.Join(' ', MountsOf(folders).Keys)}", image, StringComparison.Ordinal);
        Assert.Contains($"APP_UID={command[Array.IndexOf(command, "-o") + 1]}", Dockerfile.Current.Of("runtime", "ARG"));
    }

    [Fact]
    public void Secrets_are_files_that_the_example_names_and_git_and_the_build_do_not_see()
    {
        var example = File.ReadAllText(Repository.PathOf("deploy", ".env.example"));
        var ignored = File.ReadAllLines(Repository.PathOf(".gitignore"));
        foreach (var compose in All)
        {
            foreach (var (name, secret) in Map(compose.Content["secrets"]))
            {
                Assert.Equal($"./secrets/{name}", $"{secret!["file"]}");
                Assert.Contains($"> secrets/{name} ", example, StringComparison.Ordinal);
                Assert.All(
                    compose.Services.Where(s => $"{s.Service}".Contains($"/run/secrets/{name}", StringComparison.Ordinal)),
                    s => Assert.Contains(name, Texts(s.Service["secrets"])));
                foreach (var (_, program) in compose.Programs)
                    Assert.Equal($"/run/secrets/{name}", $"{program["environment"]!["Cluster__PasswordFile"]}");
            }

            var variables = compose.Services.SelectMany(s => Map(s.Service["environment"]).Select(e => e.Key));
            Assert.DoesNotContain(variables, name => name is "Cluster__Password" or "RABBITMQ_DEFAULT_PASS");
        }

        Assert.Contains("/deploy/secrets/", ignored);
        Assert.Contains("/deploy/data/", ignored);
        Assert.Contains("/deploy/.env", ignored);
    }

    [Fact]
    public void There_is_time_to_write_the_index_when_a_program_is_told_to_stop()
    {
        var takes = 32; // GrainHost.Patience, and HostedProgram's grace for connections.
        foreach (var compose in All)
            foreach (var (_, program) in compose.Programs)
                Assert.True(int.Parse($"{program["stop_grace_period"]}".TrimEnd('s'), CultureInfo.InvariantCulture) > takes);
    }

    [Fact]
    public void No_registry_is_named()
    {
        var images = All.SelectMany(compose => compose.Services.Select(s => $"{s.Service["image"]}"))
            .Concat(All.SelectMany(compose => compose.Variables.Where(v => v.Key.EndsWith("_IMAGE", StringComparison.Ordinal)))
                .Select(v => v.Value!))
            .Concat(Dockerfile.Current.Images)
            .Concat(Dockerfile.Current.Global.Select(argument => argument.Text.Split('=').Last()));
        Assert.All(images, image => Assert.DoesNotMatch(@"^[^/$]*[.:][^/]*/", image));
    }

    private static Dictionary<string, string> MountsOf(JsonObject service, bool writable = false) => Texts(service["volumes"])
        .Select(volume => volume.Split(':'))
        .Where(parts => !writable || parts.Length == 2)
        .ToDictionary(parts => parts[1], parts => parts[0]);
}
