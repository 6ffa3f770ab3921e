using System.Text.Json;

namespace Equaticket.Host.Tests.Fuzzing;

/// <summary>
/// Inputs to start from, in <c>corpus/NAME.json</c>: valid ones, and all that have ever been found to break something.
/// The rest are mutations of them.
/// </summary>
internal static class Corpus
{
    private const int MaxLength = 4_000;
    private const int MaxMutations = 6;

    /// <summary>Characters that parsers treat specially, and some that they should not.</summary>
    private static readonly string[] Pieces =
    [
        "\0", "\t", "\n", " ", "\u00a0", "\ufeff", "\u2028", "\u202e", "\u0130", "\uff0e", "\ud83c", "\udfab",
        "\ud83c\udfab", "\"", "'", "\\", "/", "//", "\\u0000", "\\ud800", "{", "}", "[", "]", "(", ")", ":", ";", ",",
        ".", "..", "-", "+", "=", "==", "%", "%00", "%ff", "%2e", "@", "#", "?", "&", "*", "$", "!", "|", "_", "W/",
        "\"\"\"", "...", "0", "-0", "00", "9", "1e9", "1e999", "NaN", "null", "true", "xn--", "::", "[::1]",
        "127.0.0.1", "0x7f.1", "localhost", "Z", "+24:00", "-00:00", "T", "9999", "0000", "02-30", "60",
        "query", "fragment", "on", "__", "@include(if: $a)", "q=0", "utf-7", "a", "A", "\u00e9",
    ];

    public static IReadOnlyList<string> Read(string name) => JsonSerializer.Deserialize<string[]>(
        File.ReadAllText(Repository.File($"tests/Host.Tests/Fuzzing/corpus/{name}.json")))!;

    /// <summary>A seed with a few changes, which are derived from the number.</summary>
    public static string Mutation(IReadOnlyList<string> seeds, ulong number)
    {
        var dice = new Dice(number);
        var (text, other) = (seeds[dice.Next(seeds.Count)], seeds[dice.Next(seeds.Count)]);
        for (var count = 1 + dice.Next(MaxMutations); count > 0; count--)
            text = Mutate(text, other, ref dice);
        return text;
    }

    private static string Mutate(string text, string other, ref Dice dice)
    {
        var at = dice.Next(text.Length + 1);
        var end = Math.Min(text.Length, at + dice.Next(8));
        var piece = Pieces[dice.Next(Pieces.Length)];
        var mutated = dice.Next(8) switch
        {
            0 => text.Insert(at, piece),
            1 => text.Remove(at, end - at),
            2 => text.Insert(at, text[at..end]),
            3 => $"{text[..at]}{(char)dice.Next(0x80)}{text[end..]}",
            4 => $"{text[..at]}{(char)dice.Next(0x10000)}{text[Math.Min(text.Length, at + 1)..]}",
            5 => text[..at] + other[dice.Next(other.Length + 1)..],
            6 => $"{text[..at]}{piece}{text[end..]}",
            _ => text.Insert(at, new string(at < text.Length ? text[at] : 'x', 1 << dice.Next(9))),
        };
        return mutated.Length > MaxLength ? mutated[..MaxLength] : mutated;
    }

    /// <summary>SplitMix64: many small numbers from one random one.</summary>
    private struct Dice
    {
        private ulong _state;

        public Dice(ulong state) => _state = state;

        public int Next(int bound)
        {
            _state += 0x9e3779b97f4a7c15;
            var mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
        }
    }
}
