using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// The <c>.graphql</c> files of this project: one operation each, or one fragment that says how a
/// resource looks in REST.
/// </summary>
internal static partial class OperationFiles
{
    private const string FragmentSuffix = "Resource";

    private static readonly FrozenDictionary<string, string> Files =
        typeof(OperationFiles).Assembly.GetManifestResourceNames().ToFrozenDictionary(
            name => name, ReadFile);

    /// <summary>The names of the operations, without those of fragments.</summary>
    public static IEnumerable<string> Operations =>
        Files.Keys.Where(name => !name.EndsWith(FragmentSuffix, StringComparison.Ordinal));

    /// <summary>The text of an operation with all fragments that it uses.</summary>
    /// <exception cref="InvalidOperationException">A file is missing.</exception>
    public static string Read(string operation)
    {
        var document = new StringBuilder();
        var names = new Queue<string>([operation]);
        var seen = new HashSet<string>();
        while (names.TryDequeue(out var name))
        {
            if (!seen.Add(name))
                continue;
            var text = Files.GetValueOrDefault(name)
                ?? throw new InvalidOperationException($"There is no file {name}.graphql.");
            document.Append(text);
            foreach (Match spread in Spread().Matches(text))
                names.Enqueue(spread.Groups["name"].Value);
        }

        return document.ToString();
    }

    private static string ReadFile(string name)
    {
        using var stream = typeof(OperationFiles).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();
}
