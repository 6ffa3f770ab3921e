using System.Collections;

namespace Equaticket.Engine.Input;

/// <summary>
/// Parses the ids that callers send. <see cref="InputRules"/> applies it to every argument and input field.
/// </summary>
public static class Ids
{
    /// <summary>The value of a malformed id. No row has it, so a malformed id is treated like an unknown one.</summary>
    public static readonly Guid Malformed = Guid.Empty;

    public static Guid Read(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Malformed;

    internal static Guid[] ReadAll(IEnumerable texts) =>
        [.. texts.Cast<object>().Select(text => Read(text.ToString()!))];
}
