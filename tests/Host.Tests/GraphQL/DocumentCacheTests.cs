using System.Runtime.CompilerServices;
using Equaticket.Host.GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.GraphQL;

/// <summary>The memory that the document cache uses.</summary>
public sealed class DocumentCacheTests
{
    private const int Documents = 250;
    private const int Fields = 900;

    /// <summary>
    /// The texts are far below the limit: a field of five characters takes many times that much memory.
    /// </summary>
    [Fact]
    public async Task Documents_of_many_short_fields_stay_below_the_limit()
    {
        var host = await TestHost.SharedAsync();
        using var cache = ActivatorUtilities.CreateInstance<DocumentCache>(host.Services);
        var kept = Fill(cache);
        GC.Collect();
        Assert.InRange(
            kept.Count(document => document.TryGetTarget(out _)),
            1, DocumentCache.MaxBytes / DocumentCache.Weight(TextOf(0), Fields + 1));
    }

    /// <remarks>Not inlined, so that only the cache references the documents.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<PreparedOperation>> Fill(DocumentCache cache) =>
        [.. Enumerable.Range(0, Documents).Select(number => new WeakReference<PreparedOperation>(
            cache.Get(DocumentText.Of(TextOf(number)), operationName: null)))];

    private static string TextOf(int number) =>
        $"query Q{number:D4} {{ viewer {{ {string.Concat(Enumerable.Repeat("mode ", Fields))}}} }}";
}
