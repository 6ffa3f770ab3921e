using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Equaticket.RestFacade.Operations;

/// <summary>
/// The <c>.graphql</c> files of a project. Each contains one operation, or one fragment that defines the
/// representation of a resource.
/// </summary>
public sealed partial class OperationFiles
{
    /// <summary>The suffix of fragment names: <c>EventResource</c> represents an event.</summary>
    public const string FragmentSuffix = "Resource";

    private const string Extension = ".graphql";

    private readonly FrozenDictionary<string, OperationFile> _files;

    /// <param name="assembly">Contains the files as resources, named by folder and file.</param>
    public OperationFiles(Assembly assembly) =>
        _files = assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(Extension, StringComparison.Ordinal))
            .Select(resource => ReadFile(assembly, resource))
            .ToFrozenDictionary(file => file.Name);

    /// <summary>The operation files of the REST API.</summary>
    public static OperationFiles Rest { get; } = new(typeof(OperationFiles).Assembly);

    /// <summary>The names of the operations, without fragments.</summary>
    public IEnumerable<string> Operations =>
        _files.Keys.Where(name => !name.EndsWith(FragmentSuffix, StringComparison.Ordinal));

    /// <summary>The text of an operation, with all fragments it uses.</summary>
    /// <exception cref="InvalidOperationException">A file is missing.</exception>
    public string Read(string operation)
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

    /// <summary>The folder of an operation's file, which names its feature: <c>TicketTypes</c>.</summary>
    /// <exception cref="InvalidOperationException">The file is missing.</exception>
    public string Feature(string operation) => Find(operation).Feature;

    private OperationFile Find(string name) => _files.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"The file {name}{Extension} does not exist.");

    private static OperationFile ReadFile(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return resource[..^Extension.Length].Split('/', '\\') is [.., var feature, var name]
            ? new OperationFile(feature, name, reader.ReadToEnd())
            : throw new InvalidOperationException($"{resource} must be in a feature's folder.");
    }

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();

    private sealed record OperationFile(string Feature, string Name, string Text);
}
