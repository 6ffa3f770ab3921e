using Equaticket.Engine.Errors;
using Equaticket.Persistence.Spelling;
using Equaticket.Testing.OpenApi;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>Everything in the document occurs in a snapshot.</summary>
public sealed class SnapshotCoverageTests
{
    private static readonly IReadOnlyList<string> Snapshots = SnapshotExamples.Texts();

    [Fact]
    public void Every_error_code_has_a_snapshot() => Assert.All(
        WireNames<ErrorCode>.All, code => AssertShown($"\"code\": \"{code}\""));

    [Fact]
    public void Every_header_has_a_snapshot() => Assert.All(
        ApiDescription.Committed.HeaderNames, header => AssertShown($"\n{header}: "));

    [Fact]
    public void Every_status_has_a_snapshot() => Assert.All(
        ApiDescription.Committed.Statuses, status => AssertShown($"HTTP {status}\n"));

    [Fact]
    public void Every_response_has_a_snapshot()
    {
        var seen = SnapshotExamples.Read();
        Assert.All(
            ApiDescription.Committed.AnswerNames,
            name => Assert.True(seen.Contains(name), $"No snapshot shows {name}."));
    }

    private static void AssertShown(string text) =>
        Assert.True(Snapshots.Any(snapshot => snapshot.Contains(text)), $"No snapshot shows {text}.");
}
