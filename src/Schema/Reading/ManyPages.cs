using Equaticket.Engine.Paging;
using Equaticket.Persistence;

namespace Equaticket.Schema.Reading;

/// <summary>What statements share that read a page of each of many lists at once.</summary>
internal static class ManyPages
{
    /// <param name="page">The page.</param>
    /// <param name="values">The parameters of the statement, to which those of the cursors are added.</param>
    /// <returns>Conditions that follow others.</returns>
    public static string Bounds(PageRequest page, List<object> values) =>
        Bound(page.After, "<", values) + Bound(page.Before, ">", values);

    public static string Order(PageRequest page) =>
        page.IsBackward ? "ORDER BY created_at ASC, id ASC" : "ORDER BY created_at DESC, id DESC";

    /// <summary>The rows of one list, in the order in which <see cref="Keyset.ToConnection"/> takes them.</summary>
    public static List<TRow> Order<TRow>(IEnumerable<TRow> rows, PageRequest page)
        where TRow : IPagedRow => page.IsBackward
            ? [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)]
            : [.. rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)];

    private static string Bound(Cursor? cursor, string comparison, List<object> values)
    {
        if (cursor is not var (createdAt, id))
            return "";
        values.AddRange([createdAt, id]);
        return $" AND (created_at, id) {comparison} ({{{values.Count - 2}}}, {{{values.Count - 1}}})";
    }
}
