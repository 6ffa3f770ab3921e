using System.Globalization;
using System.Text;
using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

/// <summary>What a text must obey that a caller or an operator gives.</summary>
/// <param name="Length">The least and the greatest number of characters, both allowed.</param>
/// <param name="Format">How it must be written; null for any text.</param>
/// <param name="IsMultiline">Whether it may hold line breaks and other control characters.</param>
public sealed record TextRule(
    (int Min, int Max)? Length = null, TextFormat? Format = null, bool IsMultiline = false)
{
    /// <returns>The text without white space at its ends; null for a blank one where none is needed.</returns>
    /// <exception cref="InvalidInputException">The text breaks the rule.</exception>
    public string? Read(string value)
    {
        var text = TextRules.Sound(value).Trim();
        if (TextRules.IsBlank(text))
            return Length?.Min == 0 ? null : throw new InvalidInputException(TextRules.Blank);
        return Fault(text) is { } fault ? throw new InvalidInputException(fault) : text;
    }

    /// <returns>The text without white space at its ends.</returns>
    /// <exception cref="ApiError">The text breaks the rule; <paramref name="param"/> is blamed.</exception>
    public string Require(string value, string param)
    {
        try
        {
            return Read(value) ?? "";
        }
        catch (InvalidInputException refusal)
        {
            throw ApiError.Validation(param, refusal.Message);
        }
    }

    private string? Fault(string text)
    {
        if (!IsMultiline && !TextRules.IsOneLine(text))
            return TextRules.SeveralLines;
        if (Length is var (min, max) && TextRules.Length(text) is var count && (count < min || count > max))
        {
            return min == 0
                ? $"This must have at most {max} characters."
                : $"This must have {min} to {max} characters.";
        }

        return Format?.Fault(text);
    }
}

/// <summary>How a text must be written, as <c>@format</c> names it.</summary>
/// <param name="Name">The name in the directive.</param>
/// <param name="Fault">Returns what is wrong with a text, or null when it has the format.</param>
/// <param name="Pattern">A JSON Schema pattern that texts of the format match; null where no pattern can say.</param>
public sealed record TextFormat(string Name, Func<string, string?> Fault, string? Pattern = null)
{
    /// <summary>
    /// Decodes a text into the value that resolvers receive instead, and refuses it by
    /// <see cref="InvalidInputException"/>; null if they receive the text.
    /// </summary>
    public Func<string, object>? Decode { get; init; }
}

/// <summary>What every text that comes in must obey.</summary>
public static class TextRules
{
    /// <summary>What is said of a text that is not sound.</summary>
    public const string Unsound = "Text must not contain U+0000 or unpaired surrogates.";

    /// <summary>What is said of a blank text where one is needed.</summary>
    public const string Blank = "This must not be blank.";

    /// <summary>What is said of a text that must have one line and has several, or other control characters.</summary>
    public const string SeveralLines =
        "This must be a single line, without control characters or line and paragraph separators.";

    /// <summary>What a text of one line matches, as JSON Schema writes it.</summary>
    public const string OneLinePattern = @"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$";

    /// <returns>The text unchanged.</returns>
    /// <exception cref="InvalidInputException">
    /// It holds U+0000, which PostgreSQL cannot store, or half of a surrogate pair, which is no text.
    /// </exception>
    public static string Sound(string text) => IsSound(text)
        ? text
        : throw new InvalidInputException(Unsound);

    public static bool IsSound(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a reader sees nothing of the text: all of it is white space (Unicode property
    /// White_Space), format characters such as U+200B and U+FEFF (category Cf) or control characters (Cc).
    /// </summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Format or UnicodeCategory.Control))
                return false;
        }

        return true;
    }

    /// <summary>Whether the text has neither control characters nor line and paragraph separators.</summary>
    public static bool IsOneLine(string text) => !text.Any(character =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>The number of Unicode code points, as JSON Schema and PostgreSQL count them.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }
}
