using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

/// <summary>How a text must be written, as <c>@format</c> names it.</summary>
/// <param name="Name">The name in the directive.</param>
/// <param name="Fault">Returns what is wrong with a text, or null when it has the format.</param>
/// <param name="Pattern">A JSON Schema pattern that texts of the format match; null where no pattern can say.</param>
public sealed record TextFormat(string Name, Func<string, string?> Fault, string? Pattern = null)
{
    /// <summary>
    /// Makes of a text what resolvers get in its place, and refuses it by <see cref="InvalidInputException"/>; null
    /// where they get the text.
    /// </summary>
    public Func<string, object>? Decode { get; init; }
}
