using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// The <c>.graphql</c> files of this project: each is one operation, or one fragment that defines how a
/// resource looks in REST.
/// </summary>
internal static partial class OperationFiles
{
    /// <summary>The suffix of fragment names: <c>EventResource</c> shows an event.</summary>
    public const string FragmentSuffix = "Resource";

    private const string Extension = ".graphql";

    private static readonly FrozenDictionary<string, OperationFile> Files =
        typeof(OperationFiles).Assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(Extension, StringComparison.Ordinal))
            .Select(ReadFile)
            .ToFrozenDictionary(file => file.Name);

    /// <summary>The names of the operations, without fragments.</summary>
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
            var text = Find(name).Text;
            document.Append(text);
            foreach (Match spread in Spread().Matches(text))
                names.Enqueue(spread.Groups["name"].Value);
        }

        return document.ToString();
    }

    /// <summary>The folder of an operation's file, which is its feature: <c>TicketTypes</c>.</summary>
    /// <exception cref="InvalidOperationException">The file is missing.</exception>
    public static string Feature(string operation) => Find(operation).Feature;

    private static OperationFile Find(string name) => Files.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"The file {name}{Extension} does not exist.");

    private static OperationFile ReadFile(string resource)
    {
        using var stream = typeof(OperationFiles).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return resource[..^Extension.Length].Split('/', '\\') is [var feature, var name]
            ? new OperationFile(feature, name, reader.ReadToEnd())
            : throw new InvalidOperationException($"{resource} must be in a feature's folder.");
    }

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();

    private sealed record OperationFile(string Feature, string Name, string Text);
}
