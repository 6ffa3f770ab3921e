using System.Globalization;
using System.Text;
using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

/// <summary>The rules of a text from a caller or an operator.</summary>
/// <param name="Length">The minimum and maximum number of characters, inclusive.</param>
/// <param name="Format">The required format; null for any text.</param>
/// <param name="IsMultiline">Whether line breaks and other control characters are allowed.</param>
public sealed record TextRule(
    (int Min, int Max)? Length = null, TextFormat? Format = null, bool IsMultiline = false)
{
    /// <returns>The trimmed text; null if it is blank and may be empty.</returns>
    /// <exception cref="InvalidInputException">The text breaks the rule.</exception>
    public string? Read(string value)
    {
        var text = TextRules.Sound(value).Trim();
        if (TextRules.IsBlank(text))
            return Length?.Min == 0 ? null : throw new InvalidInputException(TextRules.Blank);
        return Fault(text) is { } fault ? throw new InvalidInputException(fault) : text;
    }

    /// <returns>The trimmed text.</returns>
    /// <exception cref="ApiError">The text breaks the rule; the error names <paramref name="param"/>.</exception>
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

/// <summary>A format of a text, as named by <c>@format</c>.</summary>
/// <param name="Name">The name in the directive.</param>
/// <param name="Fault">Returns the error of a text, or null if it has the format.</param>
/// <param name="Pattern">A JSON Schema pattern that texts of the format match; null if there is none.</param>
public sealed record TextFormat(string Name, Func<string, string?> Fault, string? Pattern = null)
{
    /// <summary>
    /// Decodes a text into the value that resolvers receive instead, or throws
    /// <see cref="InvalidInputException"/>; null if resolvers receive the text.
    /// </summary>
    public Func<string, object>? Decode { get; init; }
}

/// <summary>The rules of every input text.</summary>
public static class TextRules
{
    /// <summary>The error for a text that is not well-formed.</summary>
    public const string Unsound = "Text must not contain U+0000 or unpaired surrogates.";

    /// <summary>The error for a blank text where one is required.</summary>
    public const string Blank = "This must not be blank.";

    /// <summary>The error for a single-line text that contains line breaks or other control characters.</summary>
    public const string SeveralLines =
        "This must be a single line, without control characters or line and paragraph separators.";

    /// <summary>A JSON Schema pattern that single-line texts match.</summary>
    public const string OneLinePattern = @"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$";

    /// <returns>The text unchanged.</returns>
    /// <exception cref="InvalidInputException">
    /// It contains U+0000, which PostgreSQL cannot store, or an unpaired surrogate, which is not valid Unicode.
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
    /// Whether the text has no visible characters: only whitespace (Unicode property White_Space),
    /// format characters such as U+200B and U+FEFF (category Cf) or control characters (Cc).
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

    /// <summary>Whether the text has no control characters and no line or paragraph separators.</summary>
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
