using System.Text;
using AnyAscii;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Events;

/// <summary>Generates slugs from titles.</summary>
internal static class EventSlugs
{
    private const int MaxLength = 100;
    private const string Fallback = "event";

    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    private const string Taken =
        $"""
        {QueryPlans.ForValues}
        SELECT slug FROM events WHERE organization_id = $1 AND livemode = $2 AND (slug = $3 OR slug LIKE $4)
        """;

    /// <summary>
    /// Generates the slug of a title; appends <c>-2</c>, <c>-3</c> and so on if it is taken. Holds a lock until the
    /// transaction ends, so that concurrent events with the same title don't get the same slug.
    /// </summary>
    public static async Task<string> MakeAsync(
        OperationContext operation, WriteTransaction write, string title, CancellationToken cancellationToken)
    {
        write.Attempt.GeneratesUniqueName = true;
        var slug = FromTitle(title);
        var (organization, livemode) = operation.Tenant;
        await using var batch = new StatementBatch(operation.Database);
        batch.Add(Lock, $"{organization}/{livemode}/{slug}");
        batch.Add(Taken, organization, livemode, slug, Shorten(slug) + "-%");
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        var taken = new HashSet<string>();
        while (await results.ReadAsync(cancellationToken))
            taken.Add(results.GetString(0));
        return Free(slug, taken);
    }

    /// <summary>The slug itself, or the slug with the lowest free number appended.</summary>
    public static string Free(string slug, HashSet<string> taken) => taken.Contains(slug)
        ? Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{Shorten(slug)}-{number}")
            .First(candidate => !taken.Contains(candidate))
        : slug;

    public static string FromTitle(string title)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var character in title.Transliterate().ToLowerInvariant())
        {
            if (slug.Length == MaxLength)
                break;
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? Fallback : trimmed;
    }

    /// <summary>Leaves room for a hyphen and a number of up to eight digits.</summary>
    private static string Shorten(string slug) =>
        slug.Length <= MaxLength - 9 ? slug : slug[..(MaxLength - 9)].TrimEnd('-');
}
