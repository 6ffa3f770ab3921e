using System.Globalization;
using System.Text;
using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

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
