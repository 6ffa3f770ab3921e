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

    internal Task<Outcome> RunAsync(string words, string input = "") =>
        HostProgram.RunAsync(Data, words, input);

    internal Task<System.Text.Json.Nodes.JsonObject> JsonAsync(string words) =>
        HostProgram.JsonAsync(Data, words);

    /// <summary>Asserts that a command fails with exit code 1 and this message.</summary>
    internal async Task AssertFailsAsync(string words, string sentence)
    {
        var outcome = await RunAsync(words);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.DoesNotContain("Exception", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(
            [$"Using the embedded database in {Data}.", sentence],
            outcome.Errors.Trim().Split('\n').Select(line => line.Contains(sentence, StringComparison.Ordinal)
                ? sentence : line));
    }
}
