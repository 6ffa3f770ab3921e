using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

/// <summary>What every text that comes in must obey.</summary>
public static class TextRules
{
    /// <summary>What is said of a text that is not sound.</summary>
    public const string Unsound = "Text must not hold U+0000 or unpaired surrogates.";

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

    /// <summary>The number of Unicode code points, as JSON Schema and PostgreSQL count them.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }
}
