using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

[Trait("Category", "Heavy")]
public sealed class MaintenanceCommandTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_schema_is_printed_and_written_without_a_database()
    {
        var committed = await File.ReadAllTextAsync(Repository.File("schema.graphql"));
        var printed = await RunAsync("schema export");
        Assert.Equal((0, committed), (printed.ExitCode, printed.Output));
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, (await RunAsync($"schema export {file}")).ExitCode);
            Assert.Equal(committed, await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.False(Directory.Exists(_folder.Data));
    }

    [Theory]
    [InlineData("schema export /no/such/folder/file", "The folder /no/such/folder does not exist.")]
    [InlineData("openapi export /no/such/folder/file", "The folder /no/such/folder does not exist.")]
    [InlineData("schema export /tmp", "/tmp cannot be written: ")]
    public async Task A_file_that_cannot_be_written_is_reported(string words, string sentence)
    {
        var refusal = await HostProgram.RunHereAsync(words);
        Assert.Equal((1, ""), (refusal.ExitCode, refusal.Output));
        Assert.StartsWith(sentence, refusal.Errors, StringComparison.Ordinal);
        Assert.Single(refusal.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_command_creates_and_starts_a_missing_cluster_and_stops_it_again()
    {
        var migrated = await RunAsync("migrate");
        Assert.Equal(
            (0, "The database is up to date.\n"), (migrated.ExitCode, migrated.Output));
        Assert.True(Directory.Exists(_folder.Data));
        Assert.False(_folder.IsServing);
    }

    [Theory]
    [InlineData("--help", "serve migrate schema org user key")]
    [InlineData("org create --help", "--slug --name --plan --accept-terms --json free pro")]
    [InlineData("user create --help", "--org --email --role --password --json check_in_only")]
    [InlineData("key create --help", "--org --mode --scopes --name --expires --json events:read")]
    public async Task Help_names_every_command_and_option(string words, string names)
    {
        var help = await RunAsync(words);
        Assert.Equal(0, help.ExitCode);
        Assert.All(
            names.Split(' '), name => Assert.Contains(name, help.Output, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Theory]
    [InlineData("fly", "fly")]
    [InlineData("org create --slug a --name A", "--plan")]
    [InlineData("org create --slug a --name A --plan gold", "gold")]
    [InlineData("key create --org a --mode both --scopes all", "both")]
    [InlineData("key revoke not-an-id", "not-an-id")]
    public async Task A_mistyped_command_is_refused_with_the_reason(string words, string wrong)
    {
        var refusal = await RunAsync(words);
        Assert.Equal(1, refusal.ExitCode);
        Assert.Contains(wrong, refusal.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Data));
    }

    private Task<Outcome> RunAsync(string words) => HostProgram.RunAsync(_folder.Data, words);
}
