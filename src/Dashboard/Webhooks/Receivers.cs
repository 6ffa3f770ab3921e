using System.Text.RegularExpressions;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>The tested receivers of <c>docs/webhooks.md</c>.</summary>
public static partial class Receivers
{
    private const string Guide = "docs/webhooks.md";

    public static IReadOnlyList<Receiver> All { get; } = Read();

    private static List<Receiver> Read()
    {
        using var reader = new StreamReader(typeof(Receivers).Assembly.GetManifestResourceStream(Guide)!);
        return Sections().Matches(reader.ReadToEnd())
            .Select(section => new Receiver(section.Groups["language"].Value, section.Groups["code"].Value))
            .ToList();
    }

    [GeneratedRegex(
        @"^## A receiver in (?<language>[^\r\n]+)\s+```[a-z]+\r?\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Sections();
}

/// <summary>A program that receives webhooks and verifies their signatures.</summary>
public sealed record Receiver(string Language, string Code);
