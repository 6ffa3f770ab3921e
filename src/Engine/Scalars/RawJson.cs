namespace Equaticket.Engine.Scalars;

/// <summary>A JSON value that is returned exactly as stored.</summary>
/// <param name="Text">One JSON value.</param>
public sealed record RawJson(string Text);
