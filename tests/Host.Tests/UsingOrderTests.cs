namespace Equaticket.Host.Tests;

/// <summary>
/// Using directives are sorted as <c>dotnet format</c> sorts them: System first, then by namespace. It is the only
/// style rule that neither the build nor the format check of <c>test.sh</c> covers.
/// </summary>
public sealed class UsingOrderTests
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void Usings_are_sorted_by_namespace_with_System_first()
    {
        var unsorted = Folders
            .SelectMany(folder => Directory.EnumerateFiles(
                Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal)
                && !file.Contains("Migrations", StringComparison.Ordinal)
                && !IsSorted([.. Usings(file)]))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.True(!unsorted.Any(), $"Run dotnet format Equaticket.sln:\n{string.Join('\n', unsorted)}");
    }

    private static bool IsSorted(string[] names) => names.SequenceEqual(
        names.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name, new ByPart()));

    /// <returns>The namespaces that a file imports, without aliases and static imports.</returns>
    private static IEnumerable<string> Usings(string file) =>
        from line in File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
        where line.StartsWith("using ", StringComparison.Ordinal)
            && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal)
            && !line.StartsWith("using static ", StringComparison.Ordinal)
        select line["using ".Length..^1];

    private sealed class ByPart : IComparer<string>
    {
        public int Compare(string? x, string? y)
        {
            var (left, right) = (x!.Split('.'), y!.Split('.'));
            for (var part = 0; part < Math.Min(left.Length, right.Length); part++)
            {
                var order = string.Compare(left[part], right[part], StringComparison.OrdinalIgnoreCase);
                if (order != 0)
                    return order;
            }

            return left.Length - right.Length;
        }
    }
}
