using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Host.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Testing;

/// <summary>
/// What it takes to parse, bound, validate and price a document, counted on this thread alone, so that
/// other work of the machine does not count.
/// </summary>
/// <param name="IsRefused">Whether the document may not be executed.</param>
/// <param name="AllocatedBytes">Grows with every node that is looked at, and is the same each time.</param>
/// <param name="Cpu">The time that the processor spent; zero if the system does not report it.</param>
public sealed record DocumentWork(bool IsRefused, long AllocatedBytes, TimeSpan Cpu)
{
    private const string CpuFile = "/proc/thread-self/schedstat";

    public static DocumentWork Measure(TestHost host, string document)
    {
        using var cache = EmptyCache(host);
        IsRefusedBy(host, cache, document); // Compiles what the measured call runs.
        GC.Collect(); // Collecting what came before is not the document's work.
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
