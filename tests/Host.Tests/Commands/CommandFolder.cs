using System.Text.Json.Nodes;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Commands;

/// <summary>
/// A data folder with a running database server, so that commands join it instead of each starting one.
/// </summary>
public sealed class CommandFolder : IAsyncLifetime, IDisposable
{
    private ClusterFolder _folder = null!;
    private EmbeddedCluster _keeper = null!;

    public string Data => _folder.Data;

    public async Task InitializeAsync()
    {
        _folder = await ClusterFolder.PreparedAsync();
        _keeper = await _folder.AcquireAsync();
    }

    public Task DisposeAsync() => _keeper.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a command in this process.</summary>
    internal Task<Outcome> RunAsync(string words) => HostProgram.RunHereAsync(words, ("EQUATICKET_DATA", Data));

    /// <summary>Runs a command that reads from standard input, as a separate process.</summary>
    internal Task<Outcome> RunAsync(string words, string input) => HostProgram.RunAsync(Data, words, input);

    /// <summary>Runs a command with <c>--json</c> that must succeed.</summary>
    internal async Task<JsonObject> JsonAsync(string words) => (await RunAsync($"{words} --json")).SingleObject;

    /// <summary>Asserts that a command fails with exit code 1 and this message.</summary>
    /// <param name="words">The command and its options.</param>
    /// <param name="sentence">The message.</param>
    /// <param name="input">The standard input of a command that reads it; null for any other command.</param>
    internal async Task AssertFailsAsync(string words, string sentence, string? input = null)
    {
        var outcome = await (input is null ? RunAsync(words) : RunAsync(words, input));
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.DoesNotContain("Exception", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(
            [$"Using the embedded database in {Data}.", sentence],
            outcome.Errors.Trim().Split('\n').Select(line => line.Contains(sentence, StringComparison.Ordinal)
                ? sentence : line));
    }
}
