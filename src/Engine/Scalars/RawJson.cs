namespace Equaticket.Engine.Scalars;

/// <summary>A JSON value that is shown as it is stored.</summary>
/// <param name="Text">One JSON value.</param>
public sealed record RawJson(string Text);
