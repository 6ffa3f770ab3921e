using System.Diagnostics;
using System.Globalization;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

[Trait("Category", "Heavy")]
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
    public async Task Diff_reports_breaking_changes_and_exits_with_1()
    {
        var outcome = await RunAsync($"schema diff {Write("old", Older)} {Write("new", Newer)}");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith(
            "Breaking (1)\n  The field Query.b was removed.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Safe (2)\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_of_safe_changes_exits_with_0_and_prints_json()
    {
        var outcome = await HostProgram.RunHereAsync(
            $"schema diff {Write("old", "type Query { a: Int }")} {Write("new", Newer)} --json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Json["breaking"]!.AsArray());
        Assert.Equal("Query.c", outcome.Json["safe"]![0]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task Check_compares_with_the_schema_in_the_program()
    {
        var committed = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        var same = await HostProgram.RunHereAsync($"schema check --against {Write("same", committed)}");
        Assert.Equal((0, "The schemas are identical.\n"), (same.ExitCode, same.Output));
        var more = committed.Replace(
            "type PageInfo {\n", "type PageInfo {\n  gone: Int\n", StringComparison.Ordinal);
        var broken = await HostProgram.RunHereAsync($"schema check --against {Write("more", more)}");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("PageInfo.gone was removed", broken.Output, StringComparison.Ordinal);
        var changelog = Write("CHANGELOG.md", "## Unreleased\n\n- `PageInfo.gone` was of no use.\n");
        var announced = await HostProgram.RunHereAsync(
            $"schema check --against {_folder}/more --changelog {changelog}");
        Assert.True(announced.ExitCode == 0, announced.Output);
    }

    [Fact]
    public async Task Check_reads_a_git_revision()
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
        Assert.Equal((0, "The schemas are identical.\n"), (check.ExitCode, output));
    }

    [Theory]
    [InlineData("schema diff /no/such/file /no/such/file", "The file /no/such/file does not exist.")]
    [InlineData("schema diff /tmp /tmp", "/tmp cannot be read: ")]
    [InlineData("schema check --against no-such-revision", "neither a file nor a git revision")]
    [InlineData("schema check --against {0} --changelog /no/such/file", "The file /no/such/file does not exist.")]
    [InlineData("schema diff {0} {1}", "The new schema has Query.a twice, the second time at line 1.")]
    [InlineData("schema check --against {2}", "The old schema is invalid at line 1")]
    public async Task Schemas_that_cannot_be_compared_are_reported_and_exit_with_2(string words, string sentence)
    {
        var (older, twice) = (Write("old", Older), Write("twice", "type Query { a: Int a: Int }"));
        var outcome = await HostProgram.RunHereAsync(string.Format(
            CultureInfo.InvariantCulture, words, older, twice, Write("broken", "type {")));
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema diff one-file", "'diff'")]
    [InlineData("schema check --againts v1.0.0", "'--againts'")]
    public async Task A_mistyped_command_is_reported_and_exits_with_2(string words, string wrong)
    {
        var outcome = await RunAsync(words);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(wrong, outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("check")]
    public async Task Help_lists_the_exit_codes(string command)
    {
        var help = await HostProgram.RunHereAsync($"schema {command} --help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains(
            "Exits with 1 if a change is breaking, 2 if", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_without_git_says_that_it_is_missing()
    {
        File.CreateSymbolicLink($"{_folder}/dotnet", Environment.ProcessPath!);
        using var check = HostProgram.Start(
            _data.Data, ["schema", "check", "--against", "v1.0.0"], ("PATH", _folder));
        var errors = await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.Equal(
            (2, "The file v1.0.0 does not exist. To use a git revision, install git.\n"), (check.ExitCode, errors));
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
