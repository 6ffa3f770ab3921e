using System.Diagnostics;

namespace Equaticket.Schema.Tests.Hostile;

/// <summary>
/// The time that hostile documents take. Separate from the fast tests, which would distort the measurements.
/// </summary>
[Trait("Category", "Long")]
public sealed class HostileDocumentTimeTests : ApiTest
{
    private static readonly TimeSpan MaxCpu = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    [Theory]
    [MemberData(nameof(HostileDocuments.Documents), MemberType = typeof(HostileDocuments))]
    public void Refusing_a_hostile_document_takes_little_time(string kind, string document)
    {
        var work = DocumentWork.Measure(Host, document);
        Assert.True(work.Cpu < MaxCpu, $"{kind}: {work.Cpu.TotalMilliseconds} ms of CPU.");
    }

    [Theory]
    [MemberData(nameof(HostileDocuments.Documents), MemberType = typeof(HostileDocuments))]
    [MemberData(nameof(HostileDocuments.Values), MemberType = typeof(HostileDocuments))]
    [MemberData(nameof(HostileDocuments.CostlyDocuments), MemberType = typeof(HostileDocuments))]
    public async Task A_hostile_or_expensive_document_gets_a_response_in_time(string kind, string document)
    {
        var watch = Stopwatch.StartNew();
        await Org.Test.AskAsync(document);
        Assert.True(watch.Elapsed < Bound, $"{kind} took {watch.Elapsed}.");
    }

    [Theory]
    [MemberData(nameof(HostileDocuments.Variables), MemberType = typeof(HostileDocuments))]
    public async Task Big_variables_get_a_response_in_time(string kind, string query, string variables)
    {
        var watch = Stopwatch.StartNew();
        await Org.Test.SendAsync(
            HttpMethod.Post, "/graphql", $"{{\"query\":\"{query}\",\"variables\":{variables}}}",
            Asking.Accept);
        Assert.True(watch.Elapsed < Bound, $"{kind} took {watch.Elapsed}.");
    }
}
