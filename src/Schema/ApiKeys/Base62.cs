namespace Equaticket.Schema.ApiKeys;

/// <summary>Numbers in base 62. The digits 0-9, A-Z, a-z sort as their values.</summary>
public static class Base62
{
    public const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Fills the text with the last digits of the value, padded with leading zeros.</summary>
    public static void Write(ulong value, Span<char> text)
    {
        for (var i = text.Length - 1; i >= 0; i--, value /= 62)
            text[i] = Digits[(int)(value % 62)];
    }
}
