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
