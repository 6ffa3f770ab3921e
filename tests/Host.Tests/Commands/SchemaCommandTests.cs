using System.Diagnostics;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

public sealed class SchemaCommandTests : IDisposable
{
    private const string Older = "type Query { a: Int b: Int }";
    private const string Newer = "type Query { a: Int c(x: Int): Int }";

    private readonly ClusterFolder _data = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("schema-").FullName;

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Diff_tells_breaking_changes_and_ends_with_1()
    {
        var outcome = await RunAsync($"schema diff {Write("old", Older)} {Write("new", Newer)}");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith(
            "Breaking (1)\n  The field Query.b was removed.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Safe (2)\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_of_safe_changes_ends_with_0_and_prints_json()
    {
        var outcome = await RunAsync(
            $"schema diff {Write("old", "type Query { a: Int }")} {Write("new", Newer)} --json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Json["breaking"]!.AsArray());
        Assert.Equal("Query.c", outcome.Json["safe"]![0]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task Check_compares_with_the_schema_of_the_program()
    {
        var committed = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        var same = await RunAsync($"schema check --against {Write("same", committed)}");
        Assert.Equal((0, "The schemas are the same.\n"), (same.ExitCode, same.Output));
        var more = committed.Replace(
            "type PageInfo {\n", "type PageInfo {\n  gone: Int\n", StringComparison.Ordinal);
        var broken = await RunAsync($"schema check --against {Write("more", more)}");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("PageInfo.gone was removed", broken.Output, StringComparison.Ordinal);
        var changelog = Write("CHANGELOG.md", "## Unreleased\n\n- `PageInfo.gone` was of no use.\n");
        var announced = await RunAsync(
            $"schema check --against {_folder}/more --changelog {changelog}");
        Assert.True(announced.ExitCode == 0, announced.Output);
    }

    [Fact]
    public async Task Check_reads_a_revision_of_git()
    {
        await GitAsync("init --quiet");
        Write("schema.graphql", await File.ReadAllTextAsync(Repository.File("schema.graphql")));
        await GitAsync("add schema.graphql");
        await GitAsync("-c user.name=T -c user.email=t@example.com commit --quiet -m Schema");
        await GitAsync("tag v1.0.0");
        using var check = HostProgram.Start(
            _data.Data, ["schema", "check", "--against", "v1.0.0"], ("GIT_DIR", $"{_folder}/.git"));
        var output = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.Equal((0, "The schemas are the same.\n"), (check.ExitCode, output));
    }

    [Theory]
    [InlineData("schema diff /no/such/file /no/such/file", "There is no file /no/such/file.")]
    [InlineData("schema check --against no-such-revision", "neither a file nor a revision")]
    public async Task What_is_missing_is_told(string words, string sentence)
    {
        var outcome = await RunAsync(words);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
    }

    private Task<Outcome> RunAsync(string words) => HostProgram.RunAsync(_data.Data, words);

    private string Write(string name, string text)
    {
        var file = Path.Join(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private async Task GitAsync(string words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
        })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
    }
}
