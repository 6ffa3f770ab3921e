namespace Equaticket.Host.GraphQL;

/// <summary>A document as it was sent.</summary>
/// <param name="Hash">SHA-256 of the text in UTF-8, as hexadecimal digits in lower case.</param>
/// <param name="Text">The GraphQL text.</param>
internal sealed record DocumentText(string Hash, string Text)
{
    public static DocumentText Of(string text) => new(DocumentReference.HashOf(text), text);
}
