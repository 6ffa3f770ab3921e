using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Host.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Testing;

/// <summary>
/// The work to parse, limit, validate and price a document, measured on this thread only, so that
/// other work on the machine does not count.
/// </summary>
/// <param name="IsRefused">Whether the document is rejected.</param>
/// <param name="AllocatedBytes">Grows with every visited node, and is the same on each run.</param>
/// <param name="Cpu">The CPU time; zero if the system does not report it.</param>
public sealed record DocumentWork(bool IsRefused, long AllocatedBytes, TimeSpan Cpu)
{
    private const string CpuFile = "/proc/thread-self/schedstat";

    public static DocumentWork Measure(TestHost host, string document)
    {
        using var cache = EmptyCache(host);
        IsRefusedBy(host, cache, document); // JIT-compiles the code to measure.
        GC.Collect(); // Collects earlier garbage, so that its cost doesn't count.
        var (bytes, cpu) = (GC.GetAllocatedBytesForCurrentThread(), Nanoseconds());
        using var again = EmptyCache(host);
        var isRefused = IsRefusedBy(host, again, document);
        return new DocumentWork(
            isRefused,
            GC.GetAllocatedBytesForCurrentThread() - bytes,
            TimeSpan.FromMicroseconds((Nanoseconds() - cpu) / 1_000d));
    }

    private static DocumentCache EmptyCache(TestHost host) =>
        ActivatorUtilities
            .CreateInstance<DocumentCache>(host.Services);

    private static bool IsRefusedBy(TestHost host, DocumentCache cache, string document)
    {
        try
        {
            return cache.Get(DocumentText.Of(document), operationName: null)
                .Cost(Operation.NoVariables)
                .Refusal(host.Get<IOptions<GraphQLOptions>>().Value.MaxCost) is not null;
        }
        catch (Exception refusal) when (refusal is ApiError or InvalidDocumentException)
        {
            return true;
        }
    }

    private static long Nanoseconds() => File.Exists(CpuFile)
        ? long.Parse(File.ReadAllText(CpuFile).Split(' ')[0])
        : 0;
}
